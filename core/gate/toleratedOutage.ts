import { momentOf } from "./expiry";

/** The exception for regions that AWS does not answer for: break glass, for a bad day at AWS. */
export interface ToleratedOutage {
  /** The reason, and who decided it: shown in every message while the exception lasts. */
  readonly reason: string;
  /** When it ends: at most 24 hours from now, UTC, as `YYYY-MM-DDThh:mmZ`. */
  readonly expires: string;
}

/** The longest time ahead at which `unanswered` may expire. Whoever needs it for longer decides again every day. */
export const maxOutageMs = 24 * 3_600_000;

/** True until `unanswered` expires. One that lasts for longer than a day is of no one's decision of today. */
export function isInForce(unanswered: ToleratedOutage | undefined, now: Date): boolean {
  if (!unanswered) return false;
  const left = (momentOf(unanswered.expires) ?? NaN) - now.getTime();
  return left > 0 && left <= maxOutageMs;
}
