import type { PackStatus } from "./packStatus";
import { decide, type Tolerance } from "./tolerance";
import type { ReasonCode } from "./verdict";

/** What time may heal. */
const unsettled: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "accountsMissing",
  "aggregateDisagrees",
  "aggregateFailed",
  "aggregateInProgress",
  "membersInProgress",
  "membersOutdated",
  "membersStuck",
  "noMembers",
  "regionUnanswered",
]);

/**
 * Whether a pack has settled: no row is in progress, no expected account is missing, and the aggregate agrees. Failed
 * rows are settled. Excepted accounts do not count.
 */
export function isSettled(status: PackStatus, tolerate: Tolerance = {}): boolean {
  const { reasons } = decide(status, { ...tolerate, inProgress: "refuse" });
  return !reasons.some(({ code }) => unsettled.has(code));
}
