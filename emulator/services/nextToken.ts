import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const secret = randomBytes(32);

/**
 * An opaque `NextToken`: where the next page starts, sealed together with the request that it belongs to.
 *
 * @param request - All of the request that must stay the same from page to page.
 */
export function issueToken(offset: number, request: unknown): string {
  const start = String(offset);
  return Buffer.from(`${start}.${seal(start, request)}`).toString("base64");
}

/** Where the page of `token` starts: `undefined` when the token is not this emulator's, or another request's. */
export function openToken(token: string | undefined, request: unknown): number | undefined {
  if (token === undefined) return 0;
  const [start = ""] = Buffer.from(token, "base64").toString().split(".");
  // The whole text is compared: base64 has several texts for the same bytes.
  const [given, expected] = [Buffer.from(token), Buffer.from(issueToken(Number(start), request))];
  return given.length === expected.length && timingSafeEqual(given, expected) ? Number(start) : undefined;
}

/** The page that begins at `start`, and the token of the next one where there is one. */
export function pageAt<T>(
  items: readonly T[],
  start: number,
  size: number,
  request: unknown,
): { page: T[]; nextToken: { NextToken?: string } } {
  const end = start + size;
  return {
    page: items.slice(start, end),
    nextToken: end < items.length ? { NextToken: issueToken(end, request) } : {},
  };
}

function seal(start: string, request: unknown): string {
  return createHmac("sha256", secret)
    .update(`${start} ${JSON.stringify(request)}`)
    .digest("hex");
}
