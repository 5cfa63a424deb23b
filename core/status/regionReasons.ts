import type { AggregateStatus } from "./aggregateStatus";
import { isDeletion, outcomeOf } from "./detailedStatus";
import type { Evidence, RegionEvidence } from "./evidence";
import type { MembersByOutcome } from "./memberCounts";
import { isOutdated } from "./outdatedMembers";
import { reason, type Reason } from "./reasons";

/** The reasons that are about one region: doubts about its rows, and its aggregate. */
export function* regionReasons(known: RegionEvidence, rows: MembersByOutcome, evidence: Evidence): Generator<Reason> {
  const { aggregate, hasSuccessful, region } = known;
  // An account whose row is being deleted, or can't be, is not a member either.
  const leaving = [...rows.failed, ...rows.inProgress].filter(isDeletion).length;
  const current = rows.successful.length + rows.failed.length + rows.inProgress.length + rows.unrecognized.length;
  if (!evidence.onlyStatuses && current === leaving && !hasSuccessful) {
    yield reason("noMembers", { region, hasFormer: rows.deleted.length + leaving > 0 });
  }
  const about = aggregate && aggregateReason(aggregate, region, rows, evidence);
  if (about) yield about;
}

/** The reason that AWS's status of the whole pack adds to the rows. */
function aggregateReason(
  aggregate: AggregateStatus,
  region: string,
  rows: MembersByOutcome,
  evidence: Evidence,
): Reason | undefined {
  const facts = { aggregate, region };
  switch (outcomeOf(aggregate.status)) {
    case "failed":
      return failedReason(facts, rows, evidence);
    case "inProgress":
      return inProgressReason(facts, rows, evidence);
    case "successful": {
      const [failed, inProgress] = [rows.failed.length, rows.inProgress.length];
      return failed + inProgress === 0 ? undefined : reason("aggregateDisagrees", { ...facts, failed, inProgress });
    }
    case "deleted":
      return reason("packDeleted", facts);
    case "unrecognized":
      return reason("aggregateUnknown", facts);
  }
}

interface Facts {
  readonly aggregate: AggregateStatus;
  readonly region: string;
}

function failedReason(facts: Facts, rows: MembersByOutcome, { onlyAccounts, onlyStatuses }: Evidence) {
  if (isDeletion(facts.aggregate)) return reason("packDeleteFailed", facts);
  if (rows.failed.length > 0) return undefined;
  if (onlyAccounts) return reason("othersFailed", facts);
  return reason("aggregateFailed", { ...facts, onlyStatuses: onlyStatuses !== undefined });
}

function inProgressReason(
  facts: Facts,
  rows: MembersByOutcome,
  { onlyAccounts, onlyStatuses, successfulOmitted }: Evidence,
) {
  if (isDeletion(facts.aggregate)) return reason("packDeleting", facts);
  const inProgress = rows.inProgress.length;
  // With the successful rows left out, nothing shows whether the update has reached them.
  if (successfulOmitted || (inProgress === 0 && !onlyAccounts)) {
    return reason("aggregateInProgress", { ...facts, inProgress, onlyStatuses: onlyStatuses !== undefined });
  }
  const outdated = Object.values(rows)
    .flat()
    .filter((member) => isOutdated(member, facts.aggregate)).length;
  return outdated === 0 ? undefined : reason("membersOutdated", { ...facts, outdated });
}
