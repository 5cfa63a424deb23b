import { amount, boolean, type Check, either, oneOf, record } from "../checks/check";
import type { Problem } from "../checks/problem";
import { quoted } from "../checks/quoted";
import { failedStatuses } from "../status/detailedStatus";
import { failOnValues, type GateArgs, type WaitForSettled } from "./gateArgs";
import { toleranceCheck } from "./toleranceCheck";

/** The longest time limit of a wait. */
export const maxWaitSeconds = 86_400;

/** The checks for a `WaitForSettled`. */
export const waitChecks = {
  timeoutSeconds: amount("seconds", maxWaitSeconds),
  pollSeconds: amount("seconds", 3_600),
} satisfies Record<keyof WaitForSettled, Check>;

/** The checks for `GateArgs`. */
export const gateChecks = {
  failOn: oneOf(failOnValues),
  tolerate: toleranceCheck,
  waitForSettled: either((value) => typeof value === "boolean", boolean, record(waitChecks)),
  // A list becomes a digest before it gets into state.
  triggers: (value, property) =>
    typeof value === "string" || Array.isArray(value) ? [] : [{ property, reason: `${quoted(value)} is not a list.` }],
} satisfies Record<keyof GateArgs, Check>;

/** Arguments of a gate that are each allowed and do not go together. */
export function gateConflicts({ failOn, statuses }: Readonly<Record<string, unknown>>): Problem[] {
  if (failOn !== "failed" || !Array.isArray(statuses)) return [];
  const left = failedStatuses.filter((status) => !statuses.includes(status));
  if (left.length === 0) return [];
  return [
    {
      property: "failOn",
      reason: `"failed" can't be judged without the rows that failed; add ${left.join(", ")} to statuses, or use "notPassed".`,
    },
  ];
}
