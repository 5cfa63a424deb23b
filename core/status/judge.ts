import { worstAggregate } from "./aggregateStatus";
import { regionReasons } from "./regionReasons";
import type { Evidence } from "./evidence";
import { overallReasons } from "./overallReasons";
import type { Judgement, RegionStatus } from "./judgement";
import { byOutcome, countsOf } from "./memberCounts";
import type { MemberStatus } from "./memberStatus";
import { type MissingAccount, missingAccounts } from "./missingAccounts";
import { byAccountThenRegion } from "./place";
import { reason, type Reason } from "./reasons";
import { stuckMembers } from "./stuckMembers";
import { type UnexpectedMember, unexpectedMembers } from "./unexpectedMembers";
import { bySeverityOfVerdict } from "./verdict";

/**
 * Judges `evidence`: the one place where a verdict is made. It fails closed: a status, a region or an account that can't
 * be verified keeps the verdict from `PASSED`.
 */
export function judge(evidence: Evidence): Judgement {
  const { members } = evidence;
  const rows = byOutcome(members);
  const rowsIn = rowsByRegion(evidence);
  const missing: MissingAccount[] = [];
  const unexpected: UnexpectedMember[] = [];
  const regionStatuses: RegionStatus[] = [];
  const regional: Reason[] = [];
  for (const known of evidence.regions) {
    const { aggregate, failure, region } = known;
    const here = rowsIn.get(region) ?? [];
    const hereByOutcome = byOutcome(here);
    regionStatuses.push({
      region,
      counts: countsOf(hereByOutcome),
      ...(aggregate && { aggregate }),
      ...(failure && {
        error: failure.error ?? failure.message,
        ...(failure.requestId !== undefined && { requestId: failure.requestId }),
        nextStep: failure.nextStep,
        ...(failure.isOutage && { isOutage: true }),
      }),
    });
    if (failure) {
      regional.push(reason(failure.code, { region, message: failure.message }));
      continue;
    }
    regional.push(...regionReasons(known, hereByOutcome, evidence));
    missing.push(...missingAccounts(known, here, evidence));
    unexpected.push(...unexpectedMembers(known, here));
  }
  missing.sort(byAccountThenRegion);
  unexpected.sort(byAccountThenRegion);

  const { stuck, timeless } = stuckMembers(evidence, rows.inProgress);
  const reasons = [...overallReasons(evidence, { rows, stuck, timeless, missing, unexpected }), ...regional].sort(
    bySeverityOfVerdict,
  );
  return {
    verdict: reasons[0]?.verdict ?? "PASSED",
    reasons,
    counts: countsOf(rows),
    regionStatuses,
    ...worstAggregate(regionStatuses),
    members,
    failed: rows.failed,
    inProgress: rows.inProgress,
    stuck,
    missing,
    unexpected,
  };
}

function rowsByRegion({ members, regions }: Evidence): ReadonlyMap<string, readonly MemberStatus[]> {
  const byRegion = new Map(regions.map(({ region }) => [region, [] as MemberStatus[]]));
  for (const member of members) byRegion.get(member.region)?.push(member);
  return byRegion;
}
