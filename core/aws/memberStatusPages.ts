import type {
  ConfigServiceClient,
  OrganizationConformancePackDetailedStatus,
  OrganizationResourceDetailedStatusFilters,
} from "@aws-sdk/client-config-service";
import { fromAwsError } from "./awsError";
import { awsStatus, awsText, awsTime } from "./awsText";
import { latestPast } from "../status/clockSkew";
import {
  BadResponseError,
  type ErrorContext,
  InvalidTokenError,
  RepeatedTokenError,
  TooManyPagesError,
} from "../errors/errors";
import { isError } from "../errors/isError";
import type { MemberStatus } from "../status/memberStatus";
import { type Page, pageSender } from "./pageSender";

/** One reading of a pack's rows in one region. */
export interface PageRequest {
  readonly packName: string;
  readonly region: string;
  readonly filters?: OrganizationResourceDetailedStatusFilters;
  readonly pageSize?: number | undefined;
  readonly maxPages?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether the next page is asked for before this one is read: for readers that read them all. Default true. */
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
 * The pages of `GetOrganizationConformancePackDetailedStatus`, one after the other: each page needs the
 * `NextToken` of the one before.
 *
 * @throws A subclass of `OrgConformanceError`; the signal's reason when it aborts.
 */
export async function* memberStatusPages(
  client: ConfigServiceClient,
  request: PageRequest,
): AsyncGenerator<PageEvent, void, undefined> {
  const { packName, region, signal, readsAhead = true } = request;
  const pageSize = request.pageSize ?? defaultPageSize;
  const maxPages = request.maxPages ?? Math.ceil(maxRows / pageSize);

  for (let walk = 1; ; walk += 1) {
    const tokens = new Set<unknown>();
    let nextToken: string | undefined;
    let ahead: Promise<Page> | undefined;
    // One page at the most: a slow reader is not to have all others kept for it.
    const askAhead = (token: unknown): void => {
      if (!readsAhead || ahead || typeof token !== "string" || token === "") return;
      if (!tokens.has(token) && tokens.size + 1 < maxPages) ahead = send(token);
    };
    const send = pageSender(client, { ...request, pageSize }, askAhead);
    try {
      do {
        const asked = ahead ?? send(nextToken);
        ahead = undefined;
        const page = await asked;
        const { rows } = page;
        const context = { packName, region, requestId: page.requestId };
        // An answer without the list, say "{}", must not pass for the last page.
        if (!Array.isArray(rows)) throw new BadResponseError("it has no list of rows", context);
        nextToken = tokenOf(page.nextToken, context);
        const isRepeated = tokens.has(nextToken);
        askAhead(nextToken);
        if (nextToken !== undefined) tokens.add(nextToken);
        const latest = latestPast();
        yield { kind: "page", rows: rows.map((row: Row | null) => memberStatus(row, latest, context)) };
        if (isRepeated) throw new RepeatedTokenError(tokens.size + 1, context);
        if (nextToken !== undefined && tokens.size >= maxPages) {
          throw new TooManyPagesError(maxPages, { packName, region });
        }
      } while (nextToken !== undefined);
      return;
    } catch (error) {
      // Our own time limit and the caller's abort are theirs to explain, whatever the SDK made of them.
      signal?.throwIfAborted();
      const invalidToken = nextToken !== undefined && isError(error) && error.name === "InvalidNextTokenException";
      if (!invalidToken) throw fromAwsError(error, memberStatusAction, { packName, region });
      if (walk >= maxWalks) throw new InvalidTokenError(walk, { packName, region, cause: error });
    }
    yield { kind: "restarted" };
  }
}

interface ResponseContext {
  readonly packName: string;
  readonly region: string;
  readonly requestId: string | undefined;
}

/** What AWS promises of a row. The wire may break it, so every field is looked at. */
type Row = Readonly<Partial<Record<keyof OrganizationConformancePackDetailedStatus, unknown>>>;

// Made without spreads, and each time written once: there are 10,000 of them, and a page waits for nothing else.
function memberStatus(row: Row | null, latest: string, context: ResponseContext): MemberStatus {
  const member: { -readonly [Property in keyof MemberStatus]: MemberStatus[Property] } = {
    accountId: requiredText(row, "AccountId", context),
    region: context.region,
    conformancePackName: awsText(requiredText(row, "ConformancePackName", context)) ?? "-",
    status: awsStatus(requiredText(row, "Status", context)),
  };
  if (!/^\d{12}$/.test(member.accountId)) throw new BadResponseError("a row's AccountId is not 12 digits", context);
  const errorCode = optionalText(row, "ErrorCode", context);
  if (errorCode !== undefined) member.errorCode = errorCode;
  const errorMessage = optionalText(row, "ErrorMessage", context);
  if (errorMessage !== undefined) member.errorMessage = errorMessage;
  const time = row?.LastUpdateTime ?? undefined;
  const text = time === undefined ? undefined : requiredTime(time, context);
  // One in the future is left out: it would make an old row the newest one for ever.
  if (text !== undefined && text <= latest) member.lastUpdateTime = text;
  return member;
}

function requiredText(
  row: Row | null,
  field: "AccountId" | "ConformancePackName" | "Status",
  context: ResponseContext,
): string {
  const value = row?.[field];
  if (typeof value !== "string" || value === "") throw new BadResponseError(`a row has no ${field}`, context);
  return value;
}

function optionalText(
  row: Row | null,
  field: "ErrorCode" | "ErrorMessage",
  context: ResponseContext,
): string | undefined {
  const value = row?.[field] ?? undefined;
  if (value !== undefined && typeof value !== "string") {
    throw new BadResponseError(`a row's ${field} is not text`, context);
  }
  return awsText(value);
}

function requiredTime(time: unknown, context: ResponseContext): string {
  // Seconds. As for the AWS SDK, a number may be written as a text.
  const seconds = typeof time === "string" && /^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(time) ? Number(time) : time;
  const text = typeof seconds === "number" ? awsTime(new Date(Math.round(seconds * 1_000))) : undefined;
  if (text === undefined) throw new BadResponseError("a row's LastUpdateTime is not a time", context);
  return text;
}

/** The token of the next page; `undefined` after the last one. */
function tokenOf(token: unknown, context: ErrorContext): string | undefined {
  if (token === undefined || token === null || token === "") return undefined;
  if (typeof token !== "string") throw new BadResponseError("its NextToken is not text", context);
  return token;
}
