import type { PackStatus } from "../status/packStatus";
import { decide as decideParsed } from "./decide";
import type { DetailedDecision } from "./decision";
import type { Tolerance } from "./tolerance";
import { parseTolerance } from "./toleranceCheck";

/**
 * Decides whether a gate opens for `status`.
 *
 * ```ts
 * const decision = decide(status, { maxFailedAccounts: 2 });
 * if (decision.verdict !== "PASSED") throw new Error(decision.reasons[0]?.message);
 * ```
 *
 * @param tolerate - The exceptions. Default: none.
 * @param now - The time by which exceptions expire. Default: now.
 * @throws `InvalidArgumentsError` for exceptions that are not valid.
 */
export function decide(status: PackStatus, tolerate?: Tolerance, now = new Date()): DetailedDecision {
  return decideParsed(status, parseTolerance(tolerate, status.name), now);
}
