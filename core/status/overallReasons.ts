import { sanitize } from "../text/sanitize";
import type { Evidence } from "./evidence";
import type { UnexpectedCause } from "./expectation";
import type { Judgement } from "./judgement";
import type { MembersByOutcome } from "./memberCounts";
import { accountCount, type Place } from "./place";
import { reason, type Reason, type Share } from "./reasons";
import { shareOf } from "./share";

/** The findings in all regions together. */
interface Found extends Pick<Judgement, "stuck" | "missing" | "unexpected"> {
  readonly rows: MembersByOutcome;
  /** The stuck rows without a usable time. */
  readonly timeless: Judgement["stuck"];
}

/** The reasons that are about all regions together. */
export function* overallReasons(
  evidence: Evidence,
  { rows, stuck, timeless, missing, unexpected }: Found,
): Generator<Reason> {
  const { members, onlyAccounts, onlyStatuses, regions, remarks = [], stuckAfterMinutes = 0 } = evidence;
  const { failed, inProgress, unrecognized } = rows;
  const isPartial = evidence.successfulOmitted === true || onlyStatuses !== undefined;
  const share = (places: readonly Place[]): Share => shareOf(places, { members, regions, isPartial });

  if (failed.length > 0) yield reason("membersFailed", share(failed));
  if (inProgress.length > 0) yield reason("membersInProgress", share(inProgress));
  if (stuck.length > 0) {
    yield reason("membersStuck", { ...share(stuck), minutes: stuckAfterMinutes, timeless: accountCount(timeless) });
  }
  if (onlyStatuses) yield reason("statusesFiltered", { statuses: onlyStatuses });
  if (regions.length === 0) yield reason("regionUnanswered", { message: "No region answered." });
  if (unrecognized.length > 0) {
    const statuses = [...new Set(unrecognized.map(({ status }) => sanitize(status, 60)))].sort();
    yield reason("statusUnknown", { ...share(unrecognized), statuses });
  }
  if (missing.length > 0) yield reason("accountsMissing", share(missing));
  if (unexpected.length > 0) {
    yield reason("accountsUnexpected", { count: unexpected.length, causes: causesOf(unexpected) });
  }
  if (evidence.successfulOmitted) yield reason("successfulOmitted", undefined);
  if (onlyAccounts) yield reason("accountsFiltered", { accounts: onlyAccounts.length });
  yield* remarks;
}

const unexpectedCauses: Readonly<Record<UnexpectedCause, string>> = {
  notListed: "not listed",
  notInOrganization: "not in the organization",
  notActive: "not active in the organization",
  excluded: "excluded",
};

/** The number of unexpected rows by cause: `2 excluded`. */
function causesOf(unexpected: Judgement["unexpected"]): string[] {
  const counts = new Map<UnexpectedCause, number>();
  for (const { cause } of unexpected) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].map(([cause, count]) => `${String(count)} ${unexpectedCauses[cause]}`).sort();
}
