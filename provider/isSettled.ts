import type { PackStatus } from "./packStatus";
import { decide, type Tolerance } from "./tolerance";
import type { ReasonCode } from "./verdict";

/** What AWS is still at work on. */
const unsettled: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "accountsMissing",
  "aggregateInProgress",
  "membersInProgress",
  "membersOutdated",
  "membersStuck",
  "noMembers",
]);

/** Where the aggregate and the rows contradict each other; in the course of a rollout one may be late. */
const contradictory: ReadonlySet<ReasonCode> = new Set<ReasonCode>(["aggregateDisagrees", "aggregateFailed"]);

/**
 * Whether AWS is done with a pack: no row and no aggregate is in progress, and no expected account is missing. Failed
 * rows are settled. Excepted accounts do not count.
 */
export function isSettled(status: PackStatus, tolerate: Tolerance = {}): boolean {
  const { reasons } = decide(status, { ...tolerate, inProgress: "refuse" });
  return !reasons.some(({ code }) => unsettled.has(code));
}

/** The same, and the aggregate agrees with the rows that are not tolerated. */
export function isSettledInAgreement(status: PackStatus, tolerate: Tolerance = {}): boolean {
  const { reasons, remaining } = decide(status, { ...tolerate, inProgress: "refuse" });
  const isLeftIn = (region: string | undefined): boolean =>
    [...remaining.failed, ...remaining.inProgress].some((member) => member.region === region);
  return !reasons.some(
    ({ code, region }) =>
      unsettled.has(code) || (contradictory.has(code) && (code !== "aggregateDisagrees" || isLeftIn(region))),
  );
}
