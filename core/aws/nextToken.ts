import { BadResponseError, type ErrorContext, Failure } from "../errors";

/**
 * The token of the next page; `undefined` after the last one.
 *
 * @throws A `Failure` when it is not text.
 */
export function nextTokenOf(
  { NextToken }: { readonly NextToken?: unknown },
  context: ErrorContext,
): string | undefined {
  if (NextToken === undefined || NextToken === null || NextToken === "") return undefined;
  if (typeof NextToken !== "string")
    throw new Failure(BadResponseError, { ...context, what: "its NextToken is not text" });
  return NextToken;
}
