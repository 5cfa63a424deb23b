import { decide as decideInCore } from "../../core/decide";
import type { DetailedDecision } from "../../core/gate/decision";
import type { Tolerance } from "../../core/gate/tolerance";
import type { PackStatus } from "../../core/status/packStatus";
import { asRunError } from "./runError";

/**
 * Decides what a gate does with `status`.
 *
 * ```ts
 * const decision = decide(status, { maxFailedAccounts: 2 });
 * if (decision.verdict !== "PASSED") throw new pulumi.RunError(decision.reasons[0]?.message);
 * ```
 *
 * @param tolerate - The exceptions. Default: none.
 * @param now - The time by which exceptions expire. Default: now.
 * @throws `InvalidArgumentsError` for exceptions that are not acceptable.
 */
export function decide(status: PackStatus, tolerate?: Tolerance, now = new Date()): DetailedDecision {
  try {
    return decideInCore(status, tolerate, now);
  } catch (error) {
    throw asRunError(error);
  }
}
