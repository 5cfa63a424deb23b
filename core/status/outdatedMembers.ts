import type { AggregateStatus } from "./aggregateStatus";
import { outcomeOf } from "./detailedStatus";
import type { MemberStatus } from "./memberStatus";
import type { Judgement } from "./judgement";

/** True for a finished row that may be older than the aggregate's update: without both times, nothing shows otherwise. */
export function isOutdated({ lastUpdateTime, status }: MemberStatus, aggregate: AggregateStatus): boolean {
  if (["deleted", "inProgress"].includes(outcomeOf(status))) return false;
  return !lastUpdateTime || !aggregate.lastUpdateTime || lastUpdateTime < aggregate.lastUpdateTime;
}

/** The rows because of which there is a reason `membersOutdated`. */
export function outdatedMembers({
  members,
  reasons,
  regionStatuses,
}: Pick<Judgement, "members" | "reasons" | "regionStatuses">): MemberStatus[] {
  const updates = new Map(
    regionStatuses.flatMap(({ aggregate, region }) =>
      aggregate && reasons.some((reason) => reason.code === "membersOutdated" && reason.region === region)
        ? [[region, aggregate]]
        : [],
    ),
  );
  // Asked for each decision over 10,000 rows, and seldom is there such a reason.
  if (updates.size === 0) return [];
  return members.filter((member) => {
    const aggregate = updates.get(member.region);
    return aggregate !== undefined && isOutdated(member, aggregate);
  });
}
