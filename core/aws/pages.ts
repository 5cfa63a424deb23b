import { BadResponseError, type ErrorContext, Failure, PaginationError } from "../errors";
import { type AwsCall, callAws } from "./callAws";
import { nextTokenOf } from "./nextToken";

/** The answer to a call that lists, as far as lists have it in common. The SDK's types promise what the wire may break. */
interface Answer {
  readonly $metadata: { readonly requestId?: string | undefined };
  readonly NextToken?: unknown;
}

/** One page of a list. */
export interface Page {
  readonly entries: readonly unknown[];
  /** For an error about one of the entries. */
  readonly context: ErrorContext;
}

/** Makes the call for a page: the first one has no token. */
export type SendPage = (page: { NextToken?: string }, options: { abortSignal?: AbortSignal }) => Promise<Answer>;

/**
 * Reads a list, one page after the other.
 *
 * @param list - The answer's property with the entries, for example `Accounts`.
 * @param ask - Makes the call. Default: at once.
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function* pagesOf(
  call: AwsCall,
  list: string,
  send: SendPage,
  ask: (page: () => Promise<Answer>) => Promise<Answer> = (page) => page(),
): AsyncGenerator<Page, void, undefined> {
  const { packName, region, service } = call;
  const tokens = new Set<string>();
  let token: string | undefined;
  do {
    const page = token === undefined ? {} : { NextToken: token };
    const answer = await ask(() => callAws(call, (options) => send(page, options)));
    const context = { packName, region, service, requestId: answer.$metadata.requestId };
    const entries: unknown = (answer as unknown as Readonly<Record<string, unknown>>)[list];
    // An answer without the list, say "{}", must not pass for the last page.
    if (!Array.isArray(entries)) throw new Failure(BadResponseError, { ...context, what: `it has no list "${list}"` });
    yield { entries: entries as unknown[], context };
    token = nextTokenOf(answer, context);
    if (token !== undefined && tokens.has(token)) {
      throw new Failure(PaginationError, { ...context, problem: "repeatedToken", count: tokens.size + 1 });
    }
    if (token !== undefined) tokens.add(token);
  } while (token !== undefined);
}
