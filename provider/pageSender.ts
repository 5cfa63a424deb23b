import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  type ConfigServiceClient,
  GetOrganizationConformancePackDetailedStatusCommand,
  type GetOrganizationConformancePackDetailedStatusCommandOutput,
  type OrganizationResourceDetailedStatusFilters,
} from "@aws-sdk/client-config-service";
import { unlessAborted } from "./awsCall";

/** A page as the SDK gives it. */
export type Page = GetOrganizationConformancePackDetailedStatusCommandOutput;

/** What the pages of one reading have in common. */
interface Reading {
  readonly packName: string;
  readonly filters?: OrganizationResourceDetailedStatusFilters;
  readonly pageSize: number;
  /** Whether the tokens are told early. */
  readonly readsAhead: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What asks for a page by its token.
 *
 * The pages of a reading differ in nothing but their tokens, so the SDK's middleware is put together once for all of
 * them, as with the SDK's own `cacheMiddleware`, which goes with no signal.
 *
 * @param tell - Is given the token of the page that was asked for, and that of the one after it, as soon as the answer's
 *   bytes are here. The SDK takes longer over the rows than the next request needs to be on its way.
 */
export function pageSender(
  client: ConfigServiceClient,
  { filters, packName, pageSize, readsAhead, signal }: Reading,
  tell: (asked: string | undefined, next: string) => void,
): (token: string | undefined) => Promise<Page> {
  const inputOf = (token: string | undefined) => ({
    OrganizationConformancePackName: packName,
    Limit: pageSize,
    ...(filters && { Filters: filters }),
    ...(token !== undefined && { NextToken: token }),
  });
  const command = new GetOrganizationConformancePackDetailedStatusCommand(inputOf(undefined));
  if (readsAhead) {
    command.middlewareStack.add(
      (handle) => async (args) => {
        const result = await handle(args);
        const response = result.response as { readonly statusCode: number; body: unknown };
        if (response.statusCode !== 200) return result;
        const body = await client.config.streamCollector(response.body).catch(brokenOff);
        response.body = body;
        const next = body instanceof Uint8Array ? tokenIn(body) : undefined;
        if (next !== undefined) {
          tell((args.input as { readonly NextToken?: string }).NextToken, next);
          await setImmediate();
        }
        return result;
      },
      { step: "deserialize", priority: "low", name: "earlyNextToken" },
    );
  }
  const send = command.resolveMiddleware(client.middlewareStack, client.config, signal ? { abortSignal: signal } : {});
  return (token) => {
    const answer = unlessAborted(
      send({ input: inputOf(token) }).then(({ output }) => output),
      signal,
    );
    // A reader that stops early does not wait for it; then it is no one's error.
    answer.catch(() => undefined);
    return answer;
  };
}

/** An answer that breaks off for the SDK as it did here: the SDK knows which request it belongs to. */
function brokenOff(error: Error): Readable {
  return new Readable({
    read() {
      this.destroy(error);
    },
  });
}

/** The `NextToken` of an answer. What else the bytes may be, the SDK finds out. */
function tokenIn(bytes: Uint8Array): string | undefined {
  try {
    const token = (JSON.parse(Buffer.from(bytes).toString()) as { NextToken?: unknown } | null)?.NextToken;
    return typeof token === "string" && token !== "" ? token : undefined;
  } catch {
    return undefined;
  }
}
