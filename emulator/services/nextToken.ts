import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const secret = randomBytes(32);

/**
 * An opaque `NextToken`: the offset of the next page, sealed together with the request that it belongs to.
 *
 * @param request - Every part of the request that must stay the same from page to page.
 */
export function issueToken(offset: number, request: unknown): string {
  const start = String(offset);
  return Buffer.from(`${start}.${seal(start, request)}`).toString("base64");
}

/** The offset in `token`, or `undefined` if this emulator did not issue the token for this request. */
export function openToken(token: string | undefined, request: unknown): number | undefined {
  if (token === undefined) return 0;
  const [start = ""] = Buffer.from(token, "base64").toString().split(".");
  // The whole text is compared: base64 has several texts for the same bytes.
  const [given, expected] = [Buffer.from(token), Buffer.from(issueToken(Number(start), request))];
  return given.length === expected.length && timingSafeEqual(given, expected) ? Number(start) : undefined;
}

function seal(start: string, request: unknown): string {
  return createHmac("sha256", secret)
    .update(`${start} ${JSON.stringify(request)}`)
    .digest("hex");
}
