import { harmless } from "./harmless";
import { byAccountThenRegion, type MemberOutcome, type MemberStatus, outcomeOf } from "./memberStatus";

/** The verdicts, the one that wins first. */
export const verdicts = ["FAILED", "IN_PROGRESS", "INCOMPLETE", "PASSED"] as const;

/**
 * What the rows say about the whole pack. The first that holds:
 * - `FAILED`: a row is `*_FAILED`.
 * - `IN_PROGRESS`: a row is `*_IN_PROGRESS`.
 * - `INCOMPLETE`: something that a pass needs could not be established: a region has no member, an
 *   expected account has no row or only `DELETE_SUCCESSFUL`, a status is unknown, rows were filtered away.
 * - `PASSED`: none of these.
 *
 * It is made of the rows alone. The pack's own status (`DescribeOrganizationConformancePackStatuses`) is not asked.
 */
export type Verdict = (typeof verdicts)[number];

/** One sentence of the judgement, and the verdict that it argues for. `PASSED` marks a remark that stands in no one's way. */
export interface Reason {
  readonly verdict: Verdict;
  readonly message: string;
}

/** An expected account that is no member. */
export interface MissingAccount {
  readonly accountId: string;
  readonly region: string;
  /** `noRow`: AWS shows no row for it. `deleted`: its row is `DELETE_SUCCESSFUL`. */
  readonly cause: "noRow" | "deleted";
}

/** How many rows have which outcome; `total` counts all rows, former members too. */
export interface MemberCounts extends Readonly<Record<MemberOutcome, number>> {
  readonly total: number;
}

/** All that a judgement rests on. */
export interface Evidence {
  /** The regions that answered. */
  readonly regions: readonly string[];
  /** One row an account and region. */
  readonly members: readonly MemberStatus[];
  /** The accounts that must be members in every region. */
  readonly expectedAccounts?: readonly string[];
  /** Set when only the rows with these statuses were gathered: the others cannot be vouched for. */
  readonly onlyStatuses?: readonly string[];
  /** What the gathering could not establish: each forbids `PASSED`. */
  readonly doubts?: readonly string[];
  /** What the gathering wants said, without an effect on the verdict. */
  readonly remarks?: readonly string[];
}

/** A verdict and all that explains it. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The winning reason first. */
  readonly reasons: readonly Reason[];
  readonly counts: MemberCounts;
  /** The rows that are `*_FAILED`. */
  readonly failed: readonly MemberStatus[];
  /** The rows that are `*_IN_PROGRESS`. */
  readonly inProgress: readonly MemberStatus[];
  /** The expected accounts that are no members. */
  readonly missing: readonly MissingAccount[];
  /** The rows of accounts that are not expected; empty when nothing is expected. */
  readonly unexpected: readonly MemberStatus[];
}

/**
 * Judges `evidence`. The one place where a verdict is made; it fails closed: a status, a region or an
 * account that it cannot vouch for keeps the verdict from `PASSED`.
 */
export function judge(evidence: Evidence): Judgement {
  const rows: Record<MemberOutcome, MemberStatus[]> = {
    failed: [],
    inProgress: [],
    unrecognized: [],
    deleted: [],
    successful: [],
  };
  for (const member of evidence.members) rows[outcomeOf(member.status)].push(member);

  const missing = missingAccounts(evidence);
  const expected = evidence.expectedAccounts && new Set(evidence.expectedAccounts);
  const unexpected = expected
    ? evidence.members.filter((member) => !expected.has(member.accountId) && outcomeOf(member.status) !== "deleted")
    : [];

  const reasons: Reason[] = [];
  const total = evidence.members.length;
  if (rows.failed.length > 0) {
    reasons.push({ verdict: "FAILED", message: `${share(rows.failed.length, evidence)} failed.` });
  }
  if (rows.inProgress.length > 0) {
    reasons.push({
      verdict: "IN_PROGRESS",
      message: `${share(rows.inProgress.length, evidence)} ${rows.inProgress.length === 1 ? "is" : "are"} in progress.`,
    });
  }
  for (const message of incompleteness(evidence, rows, missing)) {
    reasons.push({ verdict: "INCOMPLETE", message });
  }
  for (const message of evidence.remarks ?? []) reasons.push({ verdict: "PASSED", message });

  return {
    verdict: reasons[0]?.verdict ?? "PASSED",
    reasons,
    counts: {
      total,
      successful: rows.successful.length,
      failed: rows.failed.length,
      inProgress: rows.inProgress.length,
      deleted: rows.deleted.length,
      unrecognized: rows.unrecognized.length,
    },
    failed: rows.failed,
    inProgress: rows.inProgress,
    missing,
    unexpected,
  };
}

function* incompleteness(
  evidence: Evidence,
  rows: Readonly<Record<MemberOutcome, readonly MemberStatus[]>>,
  missing: readonly MissingAccount[],
): Generator<string> {
  const { regions, members, doubts, onlyStatuses } = evidence;
  if (onlyStatuses) {
    yield `Only rows that are ${onlyStatuses.join(" or ")} were gathered; nothing is known of the others.`;
  }
  if (regions.length === 0) yield "No region answered.";
  const regionsWithMembers = new Set(
    members.filter(({ status }) => outcomeOf(status) !== "deleted").map(({ region }) => region),
  );
  for (const region of regions) {
    if (!onlyStatuses && !regionsWithMembers.has(region)) {
      yield `No account is a member of the pack in ${region}: AWS shows ${
        members.some((member) => member.region === region) ? "former members only" : "no row"
      }.`;
    }
  }
  if (rows.unrecognized.length > 0) {
    const statuses = [...new Set(rows.unrecognized.map(({ status }) => harmless(status, 60)))].sort();
    yield `${share(rows.unrecognized.length, evidence)} ${
      rows.unrecognized.length === 1 ? "has" : "have"
    } a status that this version does not know: ${statuses.join(", ")}.`;
  }
  if (missing.length > 0) {
    yield `${plural(missing.length, "expected account")} ${missing.length === 1 ? "is no member" : "are no members"} of the pack.`;
  }
  yield* doubts ?? [];
}

function missingAccounts({ expectedAccounts, members, onlyStatuses, regions }: Evidence): MissingAccount[] {
  if (!expectedAccounts || onlyStatuses) return [];
  const outcomes = new Map(
    members.map(({ accountId, region, status }) => [`${accountId} ${region}`, outcomeOf(status)]),
  );
  const missing: MissingAccount[] = [];
  for (const accountId of new Set(expectedAccounts)) {
    for (const region of regions) {
      const outcome = outcomes.get(`${accountId} ${region}`);
      if (outcome === undefined) missing.push({ accountId, region, cause: "noRow" });
      else if (outcome === "deleted") missing.push({ accountId, region, cause: "deleted" });
    }
  }
  return missing.sort(byAccountThenRegion);
}

/** `1 account`, `12 accounts`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** With several regions an account has several rows, so it is the rows that are counted. */
function share(count: number, { members, regions }: Evidence): string {
  return `${String(count)} of ${plural(members.length, regions.length > 1 ? "row" : "account")}`;
}
