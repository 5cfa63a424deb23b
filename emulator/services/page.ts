import { issueToken, openToken } from "./nextToken";

/** One page of a list, and the token of the next page if there is one. */
export interface Page<T> {
  readonly page: readonly T[];
  readonly nextToken: { readonly NextToken?: string };
}

/** The request of a page. */
export interface PageRequest {
  readonly token: string | undefined;
  readonly size: number;
  /** Every part of the request that must stay the same from page to page. */
  readonly request: unknown;
}

/** The page of `items` that a token leads to, or `undefined` if the token is not valid. */
export function pageOf<T>(items: readonly T[], { token, size, request }: PageRequest): Page<T> | undefined {
  const start = openToken(token, request);
  if (start === undefined) return undefined;
  const end = start + size;
  return {
    page: items.slice(start, end),
    nextToken: end < items.length ? { NextToken: issueToken(end, request) } : {},
  };
}
