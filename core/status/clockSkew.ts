/** AWS's own limit for a signature, in milliseconds: clocks may differ by this much. */
export const maxClockSkewMs = 300_000;

/** The last moment, ISO 8601, UTC, at which something can have happened. A later time is ignored. */
export function latestPast(now = new Date()): string {
  return new Date(now.getTime() + maxClockSkewMs).toISOString();
}
