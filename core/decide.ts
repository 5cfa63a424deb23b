import { decide as decideParsed } from "./gate/decide";
import type { DetailedDecision } from "./gate/decision";
import type { Tolerance } from "./gate/tolerance";
import { parseTolerance } from "./gate/toleranceCheck";
import type { PackStatus } from "./status/packStatus";

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
