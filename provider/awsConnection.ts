import type { ConfigServiceClientConfig } from "@aws-sdk/client-config-service";
import { hideNodeAdvice } from "./nodeAdvice";
import type { AwsSettings } from "./settings";

/** Limits of one client. */
export interface ClientLimits {
  readonly maxAttempts?: number | undefined;
  readonly requestTimeoutSeconds?: number | undefined;
}

const defaultMaxAttempts = 10;
const defaultRequestTimeoutSeconds = 15;

/** What the configurations of all AWS clients have in common, as far as it is set here. */
export type ClientConfig = Pick<
  ConfigServiceClientConfig,
  | "region"
  | "profile"
  | "endpoint"
  | "credentials"
  | "useFipsEndpoint"
  | "useDualstackEndpoint"
  | "maxAttempts"
  | "retryMode"
  | "requestHandler"
>;

/**
 * The configuration of a client of `service`, as the settings say.
 *
 * @param region - `undefined` leaves it to the SDK's own chain.
 */
export function clientConfig(
  service: keyof AwsSettings["endpoints"],
  settings: AwsSettings,
  region: string | undefined,
  limits: ClientLimits = {},
): ClientConfig {
  hideNodeAdvice();
  const endpoint = settings.endpoints[service];
  const credentials = credentialsOf(settings, region, limits);
  return {
    ...(region !== undefined && { region }),
    ...(settings.profile !== undefined && { profile: settings.profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    ...(settings.useFipsEndpoint !== undefined && { useFipsEndpoint: settings.useFipsEndpoint }),
    ...(settings.useDualstackEndpoint !== undefined && { useDualstackEndpoint: settings.useDualstackEndpoint }),
    ...retrying(settings, limits),
    requestHandler: requestHandlerOf(limits),
  };
}

function requestHandlerOf({ requestTimeoutSeconds = defaultRequestTimeoutSeconds }: ClientLimits) {
  const requestTimeout = Math.ceil(requestTimeoutSeconds * 1_000);
  return {
    connectionTimeout: 5_000,
    // Until the answer begins.
    requestTimeout,
    throwOnRequestTimeout: true,
    // While nothing comes of an answer that has begun.
    socketTimeout: requestTimeout,
  };
}

/** What is not set here is left to the SDK where its own environment variables say it. */
function retrying(
  { maxRetries, retryMode }: AwsSettings,
  limits: ClientLimits,
): Pick<ClientConfig, "maxAttempts" | "retryMode"> {
  const maxAttempts = limits.maxAttempts ?? (maxRetries === undefined ? undefined : maxRetries + 1);
  return {
    ...(maxAttempts !== undefined
      ? { maxAttempts }
      : !process.env.AWS_MAX_ATTEMPTS && { maxAttempts: defaultMaxAttempts }),
    ...(retryMode !== undefined ? { retryMode } : !process.env.AWS_RETRY_MODE && { retryMode: "adaptive" }),
  };
}

/** `undefined` leaves them to the SDK's own chain. */
function credentialsOf(
  { assumeRoles, credentials, endpoints, profile }: AwsSettings,
  region: string | undefined,
  limits: ClientLimits,
): ClientConfig["credentials"] {
  if (credentials && assumeRoles.length === 0) return credentials;
  if (profile === undefined && assumeRoles.length === 0) return undefined;
  // Loaded only where it is needed: most programs need neither, and each preview would pay for it.
  const { fromIni, fromNodeProviderChain, fromTemporaryCredentials } =
    require("@aws-sdk/credential-providers") as typeof import("@aws-sdk/credential-providers");
  const stsConfig = {
    ...(region !== undefined && { region }),
    ...(endpoints.sts !== undefined && { endpoint: endpoints.sts }),
    requestHandler: requestHandlerOf(limits),
  };
  // A profile that is named is meant: where it does not exist, the SDK's chain would go on to the machine's own role,
  // which is another account and sees other packs.
  const first =
    credentials ?? (profile === undefined ? fromNodeProviderChain() : fromIni({ profile, clientConfig: stsConfig }));
  return assumeRoles.reduce<NonNullable<ClientConfig["credentials"]>>(
    (masterCredentials, { roleArn, externalId, sessionName, durationSeconds }) =>
      fromTemporaryCredentials({
        masterCredentials,
        clientConfig: stsConfig,
        params: {
          RoleArn: roleArn,
          RoleSessionName: sessionName ?? "pulumi-org-conformance",
          ...(externalId !== undefined && { ExternalId: externalId }),
          ...(durationSeconds !== undefined && { DurationSeconds: durationSeconds }),
        },
      }),
    first,
  );
}
