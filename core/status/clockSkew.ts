/** AWS's own limit for the age of a signature, in milliseconds: clocks may differ by this much. */
export const maxClockSkewMs = 300_000;

/** The latest time, ISO 8601, UTC, at which something can have happened. A later one proves nothing. */
export function latestPast(now = new Date()): string {
  return new Date(now.getTime() + maxClockSkewMs).toISOString();
}
