import {
  type ConfigServiceClient,
  GetOrganizationConformancePackDetailedStatusCommand,
  type GetOrganizationConformancePackDetailedStatusCommandOutput as Answer,
  type OrganizationResourceDetailedStatusFilters,
} from "@aws-sdk/client-config-service";
import { setImmediate } from "node:timers/promises";
import { BadResponseError, Failure, PaginationError, ServiceError } from "../errors";
import type { MemberStatus } from "../status/memberStatus";
import { anySignal } from "./anySignal";
import { type AwsCall, callAws } from "./callAws";
import { memberStatusRows } from "./memberStatusRow";
import { nextTokenOf } from "./nextToken";

/** One reading of a pack's rows in one region. */
export interface PageRequest extends Omit<AwsCall, "action" | "service"> {
  readonly filters?: OrganizationResourceDetailedStatusFilters;
  readonly pageSize?: number | undefined;
  readonly maxPages?: number | undefined;
  /** Default `true`. `false` is for a reader that rarely needs a second page. */
  readonly readsAhead?: boolean;
}

/** A page of rows, or `restarted`: AWS invalidated the pages, and they follow again from the first one. */
export type PageEvent =
  { readonly kind: "page"; readonly rows: readonly MemberStatus[] } | { readonly kind: "restarted" };

/** The IAM action that the pages need. */
export const memberStatusAction = "config:GetOrganizationConformancePackDetailedStatus";
const defaultPageSize = 100;
const maxRows = 200_000;
const maxWalks = 3;

/**
 * The pages of `GetOrganizationConformancePackDetailedStatus`. Each needs the `NextToken` of the one before. With
 * `readsAhead`, it is requested before that one is read, so one request can be under way when a reader stops early; it is
 * aborted then.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function* memberStatusPages(
  client: ConfigServiceClient,
  request: PageRequest,
): AsyncGenerator<PageEvent, void, undefined> {
  for (let walk = 1; ; walk += 1) {
    try {
      for await (const rows of pagesFromFirst(client, request)) yield { kind: "page", rows };
      return;
    } catch (error) {
      if (!(error instanceof InvalidatedPages)) throw error;
      if (walk >= maxWalks) {
        const { packName, region } = request;
        throw new Failure(PaginationError, {
          packName,
          region,
          problem: "invalidToken",
          count: walk,
          cause: error.cause,
        });
      }
    }
    yield { kind: "restarted" };
  }
}

/** AWS refused a `NextToken` that it had given. */
class InvalidatedPages extends Error {}

async function* pagesFromFirst(
  client: ConfigServiceClient,
  request: PageRequest,
): AsyncGenerator<readonly MemberStatus[], void, undefined> {
  const { maxPages, packName, pageSize = defaultPageSize, readsAhead = true, region } = request;
  const limit = maxPages ?? Math.ceil(maxRows / pageSize);
  const stopped = new AbortController();
  const call = { ...request, pageSize, signal: anySignal([request.signal, stopped.signal]) };
  const tokens = new Set<string>();
  let asked: Promise<Answer> | undefined = pageAfter(undefined, client, call);
  try {
    while (asked) {
      const answer: Answer = await asked.catch((error: unknown) => {
        throw tokens.size > 0 && isInvalidToken(error)
          ? new InvalidatedPages("", { cause: error.context.cause })
          : error;
      });
      const context = { packName, region, requestId: answer.$metadata.requestId };
      const rows = rowsIn(answer, context);
      const token = nextTokenOf(answer, context);
      const isRepeated = token !== undefined && tokens.has(token);
      if (token !== undefined) tokens.add(token);
      const isTooLong = token !== undefined && tokens.size >= limit;
      const isLast = token === undefined || isRepeated || isTooLong;
      const askNext = () => (isLast ? undefined : pageAfter(token, client, call));
      asked = readsAhead ? askNext() : undefined;
      // Lets the request leave: AWS answers it while the rows of this page are checked.
      if (asked) await setImmediate();
      yield memberStatusRows(rows, context);
      if (isRepeated)
        throw new Failure(PaginationError, { ...context, problem: "repeatedToken", count: tokens.size + 1 });
      if (isTooLong) throw new Failure(PaginationError, { packName, region, problem: "tooManyPages", count: limit });
      asked ??= askNext();
    }
  } finally {
    stopped.abort();
  }
}

function pageAfter(token: string | undefined, client: ConfigServiceClient, request: PageRequest): Promise<Answer> {
  const command = new GetOrganizationConformancePackDetailedStatusCommand({
    OrganizationConformancePackName: request.packName,
    Limit: request.pageSize,
    ...(request.filters && { Filters: request.filters }),
    ...(token !== undefined && { NextToken: token }),
  });
  const answer = callAws({ ...request, action: memberStatusAction }, (options) => client.send(command, options));
  // A reader that stops early does not wait for it; then nobody handles its failure.
  answer.catch(() => undefined);
  return answer;
}

function rowsIn(
  { $metadata: { httpStatusCode = 200 }, OrganizationConformancePackDetailedStatuses: rows }: Answer,
  context: { readonly packName: string },
): readonly unknown[] {
  // An answer without the list, say "{}", must not pass for the last page.
  if (httpStatusCode !== 200 || !Array.isArray(rows)) {
    throw new Failure(BadResponseError, { ...context, what: "it has no list of rows" });
  }
  return rows;
}

function isInvalidToken(error: unknown): error is Failure {
  return error instanceof Failure && error.is(ServiceError) && error.context.code === "InvalidNextTokenException";
}
