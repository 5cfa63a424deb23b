import type { PackStatus } from "../status/packStatus";
import { type Reason, ruleOf } from "../status/reasons";
import { decide } from "./decide";
import type { DetailedDecision } from "./decision";
import type { Tolerance } from "./tolerance";

/** The decision that a wait uses: exceptions apply, but `inProgress` does not. */
export function decideForWait(status: PackStatus, tolerate: Tolerance = {}, now = new Date()): DetailedDecision {
  return decide(status, { ...tolerate, inProgress: "refuse" }, now);
}

/**
 * True if AWS is done with a pack: no row and no aggregate is in progress, and no expected account is missing. Failed
 * rows are settled. Excepted accounts do not count.
 */
export function isSettled(status: PackStatus, tolerate: Tolerance = {}, now = new Date()): boolean {
  return !decideForWait(status, tolerate, now).reasons.some((reason) => ruleOf(reason).waitedFor === "yes");
}

/**
 * The same for a wait that has begun: the aggregate also agrees with the rows that no exception covers. During a
 * rollout, either may be late.
 */
export function isSettledInAgreement(status: PackStatus, tolerate: Tolerance = {}): boolean {
  const { reasons, remaining } = decideForWait(status, tolerate);
  const hasRowsLeft = ({ region }: Reason): boolean =>
    [...remaining.failed, ...remaining.inProgress].some((member) => member.region === region);
  return !reasons.some((reason) => {
    const { waitedFor } = ruleOf(reason);
    if (waitedFor !== "onceWaiting") return waitedFor === "yes";
    // It disagrees because of rows, and exceptions may cover those.
    return reason.code !== "aggregateDisagrees" || hasRowsLeft(reason);
  });
}
