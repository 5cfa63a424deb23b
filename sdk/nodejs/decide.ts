import { decide as decideKnown } from "../../core/gate/decideChecked";
import type { DetailedDecision } from "../../core/gate/decision";
import type { Tolerance } from "../../core/gate/tolerance";
import type { GetOrganizationConformancePackStatusResult } from "./getOrganizationConformancePackStatus";
import { refuseOutputs } from "./plainArguments";
import { asRunError } from "./runError";

/**
 * Applies exceptions to a status, as a gate does.
 *
 * ```ts
 * const status = await getOrganizationConformancePackStatus({ name: "security-baseline" });
 * const decision = decide(status, { maxFailedAccounts: 2 });
 * if (decision.verdict !== "PASSED") throw new pulumi.RunError(decision.reasons[0]?.message);
 * ```
 *
 * @param tolerate - The exceptions. Default: none.
 * @param now - The time by which exceptions expire. Default: now.
 * @throws `InvalidArgumentsError` for exceptions that are not acceptable.
 */
export function decide(
  status: GetOrganizationConformancePackStatusResult,
  tolerate?: Tolerance,
  now?: Date,
): DetailedDecision {
  try {
    refuseOutputs(tolerate, "tolerate", "Call decide inside apply().");
    return decideKnown(status, tolerate, now);
  } catch (error) {
    throw asRunError(error);
  }
}
