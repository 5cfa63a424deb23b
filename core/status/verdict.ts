import type { AggregateStatus } from "../aws/aggregateStatus";
import { latestPast } from "./clockSkew";
import type { Expectation, UnexpectedCause } from "./expectation";
import { harmless } from "../text/harmless";
import { byAccountThenRegion, bySeverity, type MemberOutcome, type MemberStatus, outcomeOf } from "./memberStatus";

/** The verdicts that stand in the way of a pass, the one that wins first. */
export const notPassed = ["FAILED", "IN_PROGRESS", "INCOMPLETE"] as const;

/** The verdicts, the one that wins first. */
export const verdicts = [...notPassed, "PASSED"] as const;

/**
 * What the rows and the pack's aggregate status say. The first that holds:
 * - `FAILED`: a row is `*_FAILED`, or the aggregate is.
 * - `IN_PROGRESS`: a row is `*_IN_PROGRESS`, or the aggregate is.
 * - `INCOMPLETE`: something that a pass needs could not be established: a region has no member, an
 *   expected account has no row or is leaving or has left, a status is unknown, rows were filtered away, the
 *   aggregate says that the pack is being deleted, or is.
 * - `PASSED`: none of these.
 */
export type Verdict = (typeof verdicts)[number];

/** What there is to say, and the verdict that it argues for. */
const reasonVerdicts = {
  /** Rows are `*_FAILED`. */
  membersFailed: "FAILED",
  /** The aggregate is `*_FAILED` and no row is. */
  aggregateFailed: "FAILED",
  /** The aggregate is `DELETE_FAILED`. */
  packDeleteFailed: "FAILED",
  /** Rows are `*_IN_PROGRESS`. */
  membersInProgress: "IN_PROGRESS",
  /** Rows are `*_IN_PROGRESS` for longer than `stuckAfterMinutes`, or since when is not known. */
  membersStuck: "IN_PROGRESS",
  /** The aggregate is `*_IN_PROGRESS` and no row is: an update has not reached the rows yet. */
  aggregateInProgress: "IN_PROGRESS",
  /** The aggregate is `*_IN_PROGRESS`, and rows that look done are older than the pack's last update. */
  membersOutdated: "IN_PROGRESS",
  /** AWS knows no such pack in a region. */
  noSuchPack: "INCOMPLETE",
  /** A region did not answer. */
  regionUnanswered: "INCOMPLETE",
  /** A region has no member. */
  noMembers: "INCOMPLETE",
  /** Expected accounts are no members. */
  accountsMissing: "INCOMPLETE",
  /** Rows have a status that this version does not know. */
  statusUnknown: "INCOMPLETE",
  /** The aggregate is `DELETE_IN_PROGRESS`: what AWS is at work on is no pack that could pass. */
  packDeleting: "INCOMPLETE",
  /** The aggregate is `DELETE_SUCCESSFUL`. */
  packDeleted: "INCOMPLETE",
  /** The aggregate is a status that this version does not know. */
  aggregateUnknown: "INCOMPLETE",
  /** Only rows with some statuses were gathered. */
  statusesFiltered: "INCOMPLETE",
  /** Only failed and unfinished rows were gathered. */
  successfulOmitted: "PASSED",
  /** Only some accounts were asked for. */
  accountsFiltered: "PASSED",
  /** The aggregate is `*_SUCCESSFUL` over rows that failed or are in progress; these have reasons of their own. */
  aggregateDisagrees: "PASSED",
  /** The aggregate is `*_FAILED`, which may be the doing of accounts that were not asked for. */
  othersFailed: "PASSED",
  /** Rows are of accounts that should have none. */
  accountsUnexpected: "PASSED",
  /** Rows changed while they were read. */
  rowsChanged: "PASSED",
  /** An account has rows whose pack names differ; the worst one is among the members. */
  packNamesDiffer: "PASSED",
} as const satisfies Readonly<Record<string, Verdict>>;

/** What a reason is about. */
export type ReasonCode = keyof typeof reasonVerdicts;

/** One sentence of the judgement, and the verdict that it argues for. `PASSED` marks a remark that stands in no one's way. */
export interface Reason {
  /** The verdict that it argues for. */
  readonly verdict: Verdict;
  /**
   * What it is about, for programs:
   * - `FAILED`: `membersFailed`, `aggregateFailed`, `packDeleteFailed`.
   * - `IN_PROGRESS`: `membersInProgress`, `membersStuck`, `aggregateInProgress`, `membersOutdated`.
   * - `INCOMPLETE`: `noSuchPack`, `regionUnanswered`, `noMembers`, `accountsMissing`, `statusUnknown`, `packDeleting`,
   *   `packDeleted`, `aggregateUnknown`, `statusesFiltered`.
   * - `PASSED`, remarks: `successfulOmitted`, `accountsFiltered`, `aggregateDisagrees`, `othersFailed`,
   *   `accountsUnexpected`, `rowsChanged`, `packNamesDiffer`.
   */
  readonly code: ReasonCode;
  /** The region that it is about; absent when it is about all. */
  readonly region?: string;
  /** The same for people: a sentence or more, for example `3 of 250 accounts failed.` Its wording may change. */
  readonly message: string;
}

/** An expected account that is no member. */
export interface MissingAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** The account's name, where AWS Organizations was asked; made `harmless` where it was read. */
  readonly accountName?: string;
  /** The region in which it is missing, for example `us-east-1`. */
  readonly region: string;
  /** `noRow`: AWS shows no row for it. `deleting`, `deleted`: its row is `DELETE_IN_PROGRESS`, `DELETE_SUCCESSFUL`. */
  readonly cause: "noRow" | "deleting" | "deleted";
}

/** A row of an account that should have none. */
export interface UnexpectedMember extends MemberStatus {
  /**
   * `notListed`: it is not in `expectedAccounts`. `notInOrganization`, `notActive`: so says AWS Organizations.
   * `excluded`: it is in the pack's `ExcludedAccounts`, or in `excludedAccounts`.
   */
  readonly cause: UnexpectedCause;
}

/** How many rows have which outcome; `total` counts all rows, former members too. */
export interface MemberCounts extends Readonly<Record<MemberOutcome, number>> {
  /** All rows, former members too. With several regions, an account has a row in each. */
  readonly total: number;
  /** Rows that are `CREATE_SUCCESSFUL` or `UPDATE_SUCCESSFUL`. */
  readonly successful: number;
  /** Rows that are `CREATE_FAILED`, `UPDATE_FAILED` or `DELETE_FAILED`. */
  readonly failed: number;
  /** Rows that are `CREATE_IN_PROGRESS`, `UPDATE_IN_PROGRESS` or `DELETE_IN_PROGRESS`. */
  readonly inProgress: number;
  /** Former members: rows that are `DELETE_SUCCESSFUL`. */
  readonly deleted: number;
  /** Rows with a status that this version does not know. */
  readonly unrecognized: number;
}

/** How the pack stands in one region. */
export interface RegionStatus {
  /** For example `us-east-1`. */
  readonly region: string;
  /** How many of its rows have which outcome. */
  readonly counts: MemberCounts;
  /** What AWS says of the whole pack there; absent when it was not asked, or did not answer. */
  readonly aggregate?: AggregateStatus;
  /** Why the region did not answer, with AWS's words. */
  readonly error?: string;
  /** AWS's request id of that, for a support case. */
  readonly requestId?: string;
  /** What to do about that. */
  readonly nextStep?: string;
}

/** What is known of one region. */
export interface RegionEvidence {
  readonly region: string;
  readonly aggregate?: AggregateStatus;
  readonly expectation?: Expectation;
  /** Why it did not answer: then there are no rows of it. */
  readonly failure?: {
    readonly code: "noSuchPack" | "regionUnanswered";
    readonly message: string;
    /** The same, with AWS's words. Default: `message`. */
    readonly error?: string;
    readonly requestId?: string;
    readonly nextStep: string;
  };
  /** Whether a successful row was seen that is not among the members, since these were left out. */
  readonly hasSuccessful?: boolean;
}

/** All that a judgement rests on. */
export interface Evidence {
  readonly regions: readonly RegionEvidence[];
  /** One row an account and region. */
  readonly members: readonly MemberStatus[];
  /** Account names, by account id. */
  readonly accountNames?: ReadonlyMap<string, string>;
  /** Set when only the rows with these statuses were gathered: the others cannot be vouched for. */
  readonly onlyStatuses?: readonly string[];
  /** Set when rows that are not failed or in progress were left out: the aggregate vouches for them. */
  readonly successfulOmitted?: boolean;
  /** Set when only these accounts were asked for: the aggregate is about the others too. */
  readonly onlyAccounts?: readonly string[];
  /** What the reading of the pages wants said. */
  readonly rowsChanged?: readonly string[];
  /** What it wants said of accounts whose rows have different pack names. */
  readonly packNamesDiffer?: readonly string[];
  /** A row that is in progress for longer is stuck. */
  readonly stuckAfterMinutes?: number | undefined;
  /** What "longer" is measured from. Default: now. */
  readonly now?: Date;
}

/** A verdict and all that explains it. */
export interface Judgement {
  /** What the rows and AWS's status of the whole pack say. */
  readonly verdict: Verdict;
  /** Why, the winning reason first. */
  readonly reasons: readonly Reason[];
  /** How many rows have which outcome. */
  readonly counts: MemberCounts;
  /** The same for each region, and what AWS says of the whole pack there. */
  readonly regionStatuses: readonly RegionStatus[];
  /** The worst of the regions' aggregates; absent unless every region gave one. */
  readonly aggregate?: AggregateStatus;
  /** The rows that are `*_FAILED`. */
  readonly failed: readonly MemberStatus[];
  /** The rows that are `*_IN_PROGRESS`. */
  readonly inProgress: readonly MemberStatus[];
  /** Those of them that are so for longer than `stuckAfterMinutes`; empty when that is not set. */
  readonly stuck: readonly MemberStatus[];
  /** The expected accounts that are no members. */
  readonly missing: readonly MissingAccount[];
  /** The rows of accounts that should have none; empty when nothing is expected. */
  readonly unexpected: readonly UnexpectedMember[];
}

/** The aggregate of all regions, as the property that it is. */
export function aggregateOfAll(regionStatuses: readonly RegionStatus[]): Pick<Judgement, "aggregate"> {
  const aggregates = regionStatuses.flatMap(({ aggregate }) => aggregate ?? []);
  const [worst] = aggregates.toSorted((a, b) => bySeverity(b.status, a.status));
  return worst && aggregates.length === regionStatuses.length ? { aggregate: worst } : {};
}

type Rows = Readonly<Record<MemberOutcome, readonly MemberStatus[]>>;
type Argument = Omit<Reason, "verdict">;

/**
 * Judges `evidence`. The one place where a verdict is made; it fails closed: a status, a region or an
 * account that it cannot vouch for keeps the verdict from `PASSED`.
 */
export function judge(evidence: Evidence): Judgement {
  const rows = byOutcome(evidence.members);
  const byRegion = new Map(evidence.regions.map(({ region }) => [region, [] as MemberStatus[]]));
  for (const member of evidence.members) byRegion.get(member.region)?.push(member);

  const stuck = stuckMembers(evidence, rows.inProgress);
  const missing: MissingAccount[] = [];
  const unexpected: UnexpectedMember[] = [];
  const regionStatuses: RegionStatus[] = [];
  const regional: Argument[] = [];
  for (const known of evidence.regions) {
    const { aggregate, expectation, failure, region } = known;
    const members = byRegion.get(region) ?? [];
    const inRegion = byOutcome(members);
    regionStatuses.push({
      region,
      counts: countsOf(inRegion),
      ...(aggregate && { aggregate }),
      ...(failure && {
        error: failure.error ?? failure.message,
        ...(failure.requestId !== undefined && { requestId: failure.requestId }),
        nextStep: failure.nextStep,
      }),
    });
    if (failure) {
      regional.push({ code: failure.code, region, message: failure.message });
      continue;
    }
    regional.push(...doubtsOf(known, inRegion, evidence));
    if (!expectation) continue;
    if (!evidence.onlyStatuses) missing.push(...missingMembers(region, expectation, members, evidence));
    unexpected.push(...unexpectedMembers(expectation, members));
  }
  missing.sort(byAccountThenRegion);
  unexpected.sort(byAccountThenRegion);

  const reasons = [...overall(evidence, { rows, stuck, missing, unexpected }), ...regional]
    .map((argument): Reason => ({ verdict: reasonVerdicts[argument.code], ...argument }))
    .sort((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
  return {
    verdict: reasons[0]?.verdict ?? "PASSED",
    reasons,
    counts: countsOf(rows),
    regionStatuses,
    ...aggregateOfAll(regionStatuses),
    failed: rows.failed,
    inProgress: rows.inProgress,
    stuck,
    missing,
    unexpected,
  };
}

/** What is told of all regions together. */
function* overall(
  evidence: Evidence,
  { rows, stuck, missing, unexpected }: Pick<Judgement, "stuck" | "missing" | "unexpected"> & { rows: Rows },
): Generator<Argument> {
  const { onlyAccounts, onlyStatuses, regions } = evidence;
  const { failed, inProgress, unrecognized } = rows;
  if (failed.length > 0) yield { code: "membersFailed", message: `${share(failed.length, evidence)} failed.` };
  if (inProgress.length > 0) {
    yield {
      code: "membersInProgress",
      message: `${share(inProgress.length, evidence)} ${inProgress.length === 1 ? "is" : "are"} in progress.`,
    };
  }
  if (stuck.length > 0) {
    const timeless = stuck.filter((member) => isTimeless(member, latestPast(evidence.now))).length;
    yield {
      code: "membersStuck",
      message: `${plural(stuck.length, regions.length > 1 ? "row" : "account")} ${stuck.length === 1 ? "is" : "are"} stuck: in progress for more than ${plural(evidence.stuckAfterMinutes ?? 0, "minute")}${timeless > 0 ? `, or since when is not known (${String(timeless)})` : ""}.`,
    };
  }
  if (onlyStatuses) {
    yield {
      code: "statusesFiltered",
      message: `Only rows that are ${onlyStatuses.join(" or ")} were gathered; nothing is known of the others.`,
    };
  }
  if (regions.length === 0) yield { code: "regionUnanswered", message: "No region answered." };
  if (unrecognized.length > 0) {
    const statuses = [...new Set(unrecognized.map(({ status }) => harmless(status, 60)))].sort();
    yield {
      code: "statusUnknown",
      message: `${share(unrecognized.length, evidence)} ${
        unrecognized.length === 1 ? "has" : "have"
      } a status that this version does not know: ${statuses.join(", ")}.`,
    };
  }
  if (missing.length > 0) {
    const verb = missing.length === 1 ? "is no member" : "are no members";
    yield { code: "accountsMissing", message: `${plural(missing.length, "expected account")} ${verb} of the pack.` };
  }
  if (unexpected.length > 0) yield { code: "accountsUnexpected", message: unexpectedMessage(unexpected) };
  if (evidence.successfulOmitted) {
    yield {
      code: "successfulOmitted",
      message: "Only failed and unfinished rows were gathered; for all others stands the pack's own status.",
    };
  }
  if (onlyAccounts) {
    yield {
      code: "accountsFiltered",
      message: `Nothing but ${plural(onlyAccounts.length, "account")} was asked for, by accountIds.`,
    };
  }
  for (const message of evidence.rowsChanged ?? []) yield { code: "rowsChanged", message };
  for (const message of evidence.packNamesDiffer ?? []) yield { code: "packNamesDiffer", message };
}

/** What one region's rows and aggregate leave open. */
function* doubtsOf(
  { aggregate, hasSuccessful, region }: RegionEvidence,
  rows: Rows,
  { onlyAccounts, onlyStatuses, successfulOmitted }: Evidence,
): Generator<Argument> {
  // One that is leaving, or cannot, is no more a member than one that has left.
  const leaving = [...rows.failed, ...rows.inProgress].filter(isDeletion).length;
  const current = rows.successful.length + rows.failed.length + rows.inProgress.length + rows.unrecognized.length;
  if (!onlyStatuses && current === leaving && !hasSuccessful) {
    const shown = rows.deleted.length + leaving > 0 ? "former members only" : "no row";
    yield {
      code: "noMembers",
      region,
      message: `No account is a member of the pack in ${region}: AWS shows ${shown}.`,
    };
  }
  if (!aggregate) return;
  const says = `AWS reports the pack in ${region} as ${harmless(aggregate.status, 60)}`;
  const failed = rows.failed.length;
  const inProgress = rows.inProgress.length;
  switch (outcomeOf(aggregate.status)) {
    case "failed":
      if (isDeletion(aggregate)) {
        yield { code: "packDeleteFailed", region, message: `${says}${because(aggregate)}.` };
        return;
      }
      if (failed > 0) return;
      if (onlyAccounts) {
        yield { code: "othersFailed", region, message: `${says}; not all accounts were asked for.` };
        return;
      }
      yield {
        code: "aggregateFailed",
        region,
        message: `${says}, although no row ${onlyStatuses ? "that was gathered " : ""}failed${because(aggregate)}.`,
      };
      return;
    case "inProgress": {
      if (isDeletion(aggregate)) {
        yield { code: "packDeleting", region, message: `${says}.` };
        return;
      }
      const outdated = Object.values(rows)
        .flat()
        .filter((member) => isOutdated(member, aggregate)).length;
      // Where the others were left out, nothing says whether the update has reached them.
      if (successfulOmitted || (inProgress === 0 && !onlyAccounts)) {
        yield {
          code: "aggregateInProgress",
          region,
          message:
            inProgress > 0
              ? `${says}.`
              : onlyStatuses
                ? `${says}, although no row that was gathered is in progress.`
                : `${says}, although no row is in progress: an update has not reached all rows yet.`,
        };
      } else if (outdated > 0) {
        yield {
          code: "membersOutdated",
          region,
          message: `${says}, and ${plural(outdated, "row")} there ${outdated === 1 ? "is" : "are"} older than that.`,
        };
      }
      return;
    }
    case "successful":
      if (failed + inProgress === 0) return;
      yield {
        code: "aggregateDisagrees",
        region,
        message: `${says}, although ${[
          ...(failed > 0 ? [`${plural(failed, "row")} failed`] : []),
          ...(inProgress > 0 ? [`${plural(inProgress, "row")} ${inProgress === 1 ? "is" : "are"} in progress`] : []),
        ].join(" and ")}.`,
      };
      return;
    case "deleted":
      yield { code: "packDeleted", region, message: `${says}.` };
      return;
    case "unrecognized":
      yield { code: "aggregateUnknown", region, message: `${says}, which this version does not know.` };
  }
}

/** Whether a status is one of the way out. */
function isDeletion({ status }: { readonly status: string }): boolean {
  return status.startsWith("DELETE_");
}

/**
 * Whether a row that looks done may be from before the update that the aggregate is in: without both times nothing says
 * that the row is the newer one.
 */
function isOutdated({ lastUpdateTime, status }: MemberStatus, aggregate: AggregateStatus): boolean {
  if (["deleted", "inProgress"].includes(outcomeOf(status))) return false;
  return !lastUpdateTime || !aggregate.lastUpdateTime || lastUpdateTime < aggregate.lastUpdateTime;
}

/** The rows because of which there is a reason `membersOutdated`. */
export function outdatedMembers({
  members,
  reasons,
  regionStatuses,
}: Pick<Judgement, "reasons" | "regionStatuses"> & Pick<Evidence, "members">): MemberStatus[] {
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

function because({ errorCode, errorMessage }: AggregateStatus): string {
  const said = [errorCode, errorMessage].filter((text) => text !== undefined).map((text) => harmless(text, 300));
  return said.length > 0 ? ` (${said.join(": ")})` : "";
}

/** Whether nothing tells since when a row is as it is: a time in the future does not. */
function isTimeless({ lastUpdateTime }: MemberStatus, latest: string): boolean {
  return lastUpdateTime === undefined || lastUpdateTime > latest;
}

function stuckMembers(
  { now = new Date(), stuckAfterMinutes }: Evidence,
  inProgress: readonly MemberStatus[],
): readonly MemberStatus[] {
  if (stuckAfterMinutes === undefined) return [];
  const since = new Date(now.getTime() - stuckAfterMinutes * 60_000).toISOString();
  // Where it is not known since when, nothing says that it is not for too long.
  const latest = latestPast(now);
  return inProgress.filter(
    (member) => isTimeless(member, latest) || (member.lastUpdateTime !== undefined && member.lastUpdateTime < since),
  );
}

function* missingMembers(
  region: string,
  { required }: Expectation,
  members: readonly MemberStatus[],
  { accountNames }: Evidence,
): Generator<MissingAccount> {
  const statuses = new Map(members.map(({ accountId, status }) => [accountId, status]));
  for (const accountId of required) {
    const status = statuses.get(accountId);
    // One that failed to leave is still there, and has failed.
    if (status !== undefined && status !== "DELETE_IN_PROGRESS" && status !== "DELETE_SUCCESSFUL") continue;
    const accountName = accountNames?.get(accountId);
    yield {
      accountId,
      ...(accountName !== undefined && { accountName }),
      region,
      cause: status === undefined ? "noRow" : status === "DELETE_SUCCESSFUL" ? "deleted" : "deleting",
    };
  }
}

function* unexpectedMembers(
  { optional, otherwise, required, unexpected }: Expectation,
  members: readonly MemberStatus[],
): Generator<UnexpectedMember> {
  for (const member of members) {
    const { accountId, status } = member;
    if (required.has(accountId) || optional.has(accountId) || outcomeOf(status) === "deleted") continue;
    yield { ...member, cause: unexpected.get(accountId) ?? otherwise };
  }
}

const unexpectedCauses: Readonly<Record<UnexpectedCause, string>> = {
  notListed: "not listed",
  notInOrganization: "not in the organization",
  notActive: "not active in the organization",
  excluded: "excluded",
};

function unexpectedMessage(unexpected: readonly UnexpectedMember[]): string {
  const counts = new Map<UnexpectedCause, number>();
  for (const { cause } of unexpected) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  const causes = [...counts].map(([cause, count]) => `${String(count)} ${unexpectedCauses[cause]}`).sort();
  return `${plural(unexpected.length, "row")} of accounts that are not expected: ${causes.join(", ")}.`;
}

function byOutcome(members: readonly MemberStatus[]): Rows {
  const rows: Record<MemberOutcome, MemberStatus[]> = {
    failed: [],
    inProgress: [],
    unrecognized: [],
    deleted: [],
    successful: [],
  };
  for (const member of members) rows[outcomeOf(member.status)].push(member);
  return rows;
}

function countsOf(rows: Rows): MemberCounts {
  const { deleted, failed, inProgress, successful, unrecognized } = rows;
  const counts = {
    successful: successful.length,
    failed: failed.length,
    inProgress: inProgress.length,
    deleted: deleted.length,
    unrecognized: unrecognized.length,
  };
  return { total: Object.values(counts).reduce((sum, count) => sum + count, 0), ...counts };
}

/** `1 account`, `12 accounts`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** With several regions an account has several rows, so it is the rows that are counted. */
function share(count: number, { members, regions, successfulOmitted }: Evidence): string {
  const noun = regions.length > 1 ? "row" : "account";
  return successfulOmitted ? plural(count, noun) : `${String(count)} of ${plural(members.length, noun)}`;
}
