import { outcomeOf } from "../status/detailedStatus";
import type { MemberStatus } from "../status/memberStatus";
import { outdatedMembers } from "../status/outdatedMembers";
import type { PackStatus } from "../status/packStatus";
import { accountCount, type Place, placeKey } from "../status/place";
import { type Reason, type ReasonRows, ruleOf } from "../status/reasons";
import type { DetailedDecision } from "./decision";
import { Exceptions } from "./exceptions";
import { type FailureLimit, failureLimit } from "./failureLimit";
import { opens, type Tolerance } from "./tolerance";

/** Rows by what a reason can be about. */
type Rows = Readonly<Record<Exclude<ReasonRows, "missing">, readonly MemberStatus[]>> & {
  readonly missing: PackStatus["missing"];
};

/**
 * Decides what a gate does with `status`.
 *
 * @param tolerate - As `parseTolerance` returned it.
 * @param now - The time by which exceptions expire.
 */
export function decide(status: PackStatus, tolerate: Tolerance = {}, now = new Date()): DetailedDecision {
  const isPartial = status.reasons.some(({ code }) => code === "successfulOmitted");
  const exceptions = new Exceptions(tolerate.accounts ?? [], now);
  const all = rowsOf(status);
  const excepted = withoutExceptions(all, exceptions);
  const limit = failureLimit(status.members, excepted.failed, tolerate, isPartial);
  const left = withoutAllowed(excepted, tolerate, limit);

  const { reasons, lifted } = sortReasons(status.reasons, { all, excepted, left, tolerate, exceptions, limit });
  const verdict = reasons[0]?.verdict ?? "PASSED";
  return {
    verdict,
    reasons,
    tolerated: [
      ...exceptions.used(),
      ...(limit?.isWithin ? [limit.sentence] : []),
      ...lifted.flatMap(({ handling, sentence }) => (handling === "allow" ? [sentence] : [])),
    ],
    warnings: [
      ...(isPartial && tolerate.maxFailedPercent !== undefined ? [noShare] : []),
      ...lifted.flatMap(({ handling, sentence }) => (handling === "warn" ? [sentence] : [])),
      ...exceptions.unused(status.members, [...Object.values(left)].flat(), isPartial),
    ],
    remaining: { ...status, ...remainingRows(status, all, left), verdict, reasons },
  };
}

const noShare = 'maxFailedPercent has no effect: with detail "unsuccessful", not all accounts are known.';

function rowsOf(status: PackStatus): Rows {
  return {
    failed: status.failed,
    inProgress: status.inProgress,
    stuck: status.stuck,
    unrecognized: status.members.filter((member) => outcomeOf(member.status) === "unrecognized"),
    missing: status.missing,
    outdated: outdatedMembers(status),
  };
}

function withoutExceptions(rows: Rows, exceptions: Exceptions): Rows {
  const statusOf = ({ status }: MemberStatus): string => status;
  const inProgress = exceptions.without(rows.inProgress, statusOf);
  const unfinished = new Set(inProgress.map(placeKey));
  return {
    failed: exceptions.without(rows.failed, statusOf),
    inProgress,
    // These are in progress too: the exception was used there.
    stuck: rows.stuck.filter((row) => unfinished.has(placeKey(row))),
    unrecognized: exceptions.without(rows.unrecognized, statusOf),
    missing: exceptions.without(rows.missing, () => "missing"),
    outdated: exceptions.without(rows.outdated, () => "not updated yet"),
  };
}

/** What is left when limits and `inProgress` are applied to all rows alike. */
function withoutAllowed(rows: Rows, tolerate: Tolerance, limit: FailureLimit | undefined): Rows {
  const mayProgress = opens(tolerate.inProgress);
  return {
    ...rows,
    failed: limit?.isWithin ? [] : rows.failed,
    inProgress: mayProgress ? rows.stuck : rows.inProgress,
    outdated: mayProgress ? [] : rows.outdated,
  };
}

/** A reason that a setting lifts. */
interface Lifted {
  readonly handling: "allow" | "warn";
  readonly sentence: string;
}

/** What the reasons are held against. */
interface Held {
  readonly all: Rows;
  /** The rows that no exception covers. */
  readonly excepted: Rows;
  /** Those of them that keep the gate closed. */
  readonly left: Rows;
  readonly tolerate: Tolerance;
  readonly exceptions: Exceptions;
  readonly limit: FailureLimit | undefined;
}

/** Which reasons are left, and which ones a setting lifts. */
function sortReasons(given: readonly Reason[], { all, excepted, left, tolerate, exceptions, limit }: Held) {
  const reasons: Reason[] = [];
  const lifted: Lifted[] = [];
  const mentioned = new Set<string>();
  for (const reason of given) {
    const { liftedBy, rows } = ruleOf(reason);
    const here = (of: Rows): readonly Place[] =>
      rows ? of[rows].filter(({ region }) => reason.region === undefined || region === reason.region) : [];
    const setting = (["inProgress", "noSuchPack"] as const).find(
      (each) => liftedBy.includes(each) && opens(tolerate[each]),
    );
    if (setting !== undefined) {
      // Where exceptions cover all rows already, the setting does nothing.
      if (rows && here(excepted).length === here(left).length) continue;
      const isAllowed = tolerate[setting] === "allow";
      const sentence = `${reason.message} ${isAllowed ? "It is allowed" : "It passes with a warning"}, by ${setting}.`;
      lifted.push({ handling: isAllowed ? "allow" : "warn", sentence });
    } else if (!rows || here(left).length > 0) {
      const exceptedAccounts = accountCount(here(all)) - accountCount(here(excepted));
      const notes = [
        ...(exceptedAccounts > 0
          ? [`${String(exceptedAccounts)} of them ${exceptedAccounts === 1 ? "is" : "are"} excepted.`]
          : []),
        ...(reason.code === "membersFailed" && limit ? [limit.sentence] : []),
        ...exceptions.expiredFor(here(left)),
      ].filter((note) => !mentioned.has(note));
      for (const note of notes) mentioned.add(note);
      reasons.push(notes.length > 0 ? { ...reason, message: [reason.message, ...notes].join(" ") } : reason);
    }
  }
  return { reasons, lifted };
}

/** The rows of the status but those that do not keep the gate closed. */
function remainingRows(status: PackStatus, all: Rows, left: Rows) {
  const isCovered = new Set([
    ...coveredPlaces(all.failed, left.failed),
    ...coveredPlaces(all.inProgress, left.inProgress),
    ...coveredPlaces(all.unrecognized, left.unrecognized),
    ...coveredPlaces(all.outdated, left.outdated),
  ]);
  // Within a limit, and not updated yet: that it keeps the gate closed is to be seen.
  for (const member of left.outdated) isCovered.delete(placeKey(member));
  return {
    members: isCovered.size === 0 ? status.members : status.members.filter((row) => !isCovered.has(placeKey(row))),
    failed: left.failed,
    inProgress: left.inProgress,
    stuck: left.stuck,
    missing: left.missing,
  };
}

/** By key: a program may give a copy, in which no row is the same object twice. */
function coveredPlaces(all: readonly Place[], left: readonly Place[]): string[] {
  if (all.length === left.length) return [];
  const kept = new Set(left.map(placeKey));
  return all.map(placeKey).filter((key) => !kept.has(key));
}
