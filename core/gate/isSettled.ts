import type { PackStatus } from "../status/packStatus";
import { decide, type DetailedDecision, type Tolerance } from "./tolerance";
import type { ReasonCode } from "../status/verdict";

/** What AWS is still at work on. */
const unsettled: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "accountsMissing",
  "aggregateInProgress",
  "membersInProgress",
  "membersOutdated",
  "membersStuck",
  "noMembers",
]);

/** What a wait is for: all that is not excepted, whatever a gate does with a pack that is in progress. */
export function waitedFor(status: PackStatus, tolerate: Tolerance | undefined): DetailedDecision {
  return decide(status, { ...tolerate, inProgress: "refuse" });
}

/**
 * Whether AWS is done with a pack: no row and no aggregate is in progress, and no expected account is missing. Failed
 * rows are settled. Excepted accounts do not count.
 */
export function isSettled(status: PackStatus, tolerate?: Tolerance): boolean {
  const { reasons } = waitedFor(status, tolerate);
  return !reasons.some(({ code }) => unsettled.has(code));
}

/** The same, and the aggregate agrees with the rows that are not tolerated: in a rollout, one of the two may be late. */
export function isSettledInAgreement(status: PackStatus, tolerate?: Tolerance): boolean {
  const { reasons, remaining } = waitedFor(status, tolerate);
  const isLeftIn = (region: string | undefined): boolean =>
    [...remaining.failed, ...remaining.inProgress].some((member) => member.region === region);
  return !reasons.some(
    ({ code, region }) =>
      unsettled.has(code) || code === "aggregateFailed" || (code === "aggregateDisagrees" && isLeftIn(region)),
  );
}
