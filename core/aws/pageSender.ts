import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  type ConfigServiceClient,
  GetOrganizationConformancePackDetailedStatusCommand,
  type OrganizationResourceDetailedStatusFilters,
} from "@aws-sdk/client-config-service";
import { unlessAborted } from "./awsCall";

/** One page as it came over the wire: nothing of it has been looked at. */
export interface Page {
  readonly rows: unknown;
  readonly nextToken: unknown;
  readonly requestId: string | undefined;
}

/** What the pages of one reading have in common. */
interface Reading {
  readonly packName: string;
  readonly filters?: OrganizationResourceDetailedStatusFilters;
  readonly pageSize: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What asks for a page by its token, with the AWS SDK: it signs, sends, tries again, and reads what is no page. A page
 * is read here, since each field of a row is looked at anyway, and 10,000 rows need not be made twice; and the SDK's
 * middleware, which the pages of a reading share, is put together once, as with its own `cacheMiddleware`, which goes
 * with no signal.
 *
 * @param tell - Is given the token of the page after this one, before this one is read: the next request is on its way
 *   meanwhile.
 */
export function pageSender(
  client: ConfigServiceClient,
  { filters, packName, pageSize, signal }: Reading,
  tell: (nextToken: unknown) => void,
): (token: string | undefined) => Promise<Page> {
  const inputOf = (token: string | undefined) => ({
    OrganizationConformancePackName: packName,
    Limit: pageSize,
    ...(filters && { Filters: filters }),
    ...(token !== undefined && { NextToken: token }),
  });
  const rowsOf = new WeakMap<object, readonly unknown[]>();
  const command = new GetOrganizationConformancePackDetailedStatusCommand(inputOf(undefined));
  command.middlewareStack.add(
    (handle) => async (args) => {
      const result = await handle(args);
      const response = result.response as { readonly statusCode: number; body: unknown };
      if (response.statusCode !== 200) return result;
      const body = await client.config.streamCollector(response.body).catch(brokenOff);
      response.body = body;
      const page = body instanceof Uint8Array ? pageIn(body) : undefined;
      if (page) {
        rowsOf.set(response, page.rows);
        response.body = Buffer.from(JSON.stringify({ NextToken: page.nextToken }));
        tell(page.nextToken);
        await setImmediate();
      }
      return result;
    },
    { step: "deserialize", priority: "low", name: "page" },
  );
  const send = command.resolveMiddleware(client.middlewareStack, client.config, signal ? { abortSignal: signal } : {});
  return (token) => {
    const page = send({ input: inputOf(token) }).then(({ output, response }): Page => ({
      rows: rowsOf.get(response as object),
      nextToken: output.NextToken,
      requestId: output.$metadata.requestId,
    }));
    const answer = unlessAborted(page, signal);
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

/** A page's rows and token; `undefined` where there is no list of rows, and the SDK finds out what there is. */
function pageIn({ buffer, byteLength, byteOffset }: Uint8Array) {
  try {
    const answer = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString()) as {
      readonly OrganizationConformancePackDetailedStatuses?: unknown;
      readonly NextToken?: unknown;
    } | null;
    const rows = answer?.OrganizationConformancePackDetailedStatuses;
    return Array.isArray(rows) ? { rows: rows as readonly unknown[], nextToken: answer?.NextToken } : undefined;
  } catch {
    return undefined;
  }
}
