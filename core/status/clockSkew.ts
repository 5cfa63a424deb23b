/** AWS's own limit for a signature, in milliseconds: clocks that differ by no more than this are not called wrong. */
export const maxClockSkewMs = 300_000;

/** The last moment, ISO 8601, UTC, at which something can have happened. A time beyond it tells nothing. */
export function latestPast(now = new Date()): string {
  return new Date(now.getTime() + maxClockSkewMs).toISOString();
}
