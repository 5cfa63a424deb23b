import type { CredentialsSource } from "../errors";

/** The origin of an error that a client threw; the error itself does not say it. */
export interface ErrorOrigin {
  /** True if it was thrown while the credentials were fetched, before the client's own service was asked. */
  readonly isOfCredentials: boolean;
  /** Where the credentials came from that the service refused; absent when they were not fetched, or not known. */
  readonly source?: CredentialsSource | undefined;
}

const origins = new WeakMap<object, ErrorOrigin>();

/** The origin that `watchCredentials` noted for an error. */
export function originOf(error: unknown): ErrorOrigin | undefined {
  return isObject(error) ? origins.get(error) : undefined;
}

/** The SDK's clients, as far as they are watched. */
interface WatchedClient {
  readonly config: { credentials: (...options: never[]) => Promise<object> };
  readonly middlewareStack: {
    add(
      middleware: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>,
      options: { readonly step: "initialize"; readonly name: string },
    ): void;
  };
}

/**
 * Has a client note on each error where it came from. The SDK throws what STS, IAM Identity Center or a profile's process
 * answered as if the client's own service had.
 */
export function watchCredentials(client: object): void {
  const { config, middlewareStack } = client as unknown as WatchedClient;
  const fetchIdentity = config.credentials;
  let source: CredentialsSource | undefined;
  const note = (error: unknown, origin: ErrorOrigin): void => {
    if (isObject(error) && !origins.has(error)) origins.set(error, origin);
  };
  const watched = async (...options: never[]): Promise<object> => {
    try {
      const identity = await fetchIdentity(...options);
      source = sourceOf(identity);
      return identity;
    } catch (error) {
      note(error, { isOfCredentials: true });
      throw error;
    }
  };
  // The SDK's own marks on it, or it would be wrapped once more.
  config.credentials = Object.assign(watched, fetchIdentity);
  middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        note(error, { isOfCredentials: false, source });
        throw error;
      }
    },
    { step: "initialize", name: "watchCredentials" },
  );
}

/** The SDK's names for where credentials came from; the first that is found tells. */
const features: readonly (readonly [RegExp, CredentialsSource])[] = [
  [/WEB_ID/, "webIdentity"],
  [/_SSO/, "sso"],
  [/_LOGIN/, "login"],
  [/_PROCESS$/, "process"],
  [/_IMDS$/, "instance"],
  [/_HTTP$/, "container"],
  [/_ENV_VARS$/, "environment"],
  [/_PROFILE/, "profile"],
  [/_CODE$/, "settings"],
];

function sourceOf(identity: { readonly $source?: object }): CredentialsSource | undefined {
  const names = Object.keys(identity.$source ?? {});
  return features.find(([feature]) => names.some((name) => feature.test(name)))?.[1];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
