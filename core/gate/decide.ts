import type { MemberStatus } from "../status/memberStatus";
import { outdatedMembers } from "../status/outdatedMembers";
import type { PackStatus } from "../status/packStatus";
import { accountCount, type Place, placeKey } from "../status/place";
import { type Reason, type ReasonRows, ruleOf } from "../status/reasons";
import { unrecognizedMembers } from "../status/unrecognizedMembers";
import type { DetailedDecision } from "./decision";
import { Exceptions } from "./exceptions";
import { type FailureLimit, failureLimit } from "./failureLimit";
import { Outages } from "./outages";
import { type Handling, opens, passesBy, type Tolerance, type ToleratedAccount, type ToleratedUnit } from "./tolerance";

/** The rows that reasons can be about. */
type Rows = Readonly<Record<Exclude<ReasonRows, "missing">, readonly MemberStatus[]>> & {
  readonly missing: PackStatus["missing"];
};

/**
 * Decides what a gate does with `status`.
 *
 * @param tolerate - Checked by `toleranceCheck`.
 * @param now - The time by which exceptions expire.
 */
export function decide(status: PackStatus, tolerate: Tolerance = {}, now = new Date()): DetailedDecision {
  const { all, excepted, exceptions, isPartial, left, limit } = applyExceptions(status, tolerate, now);
  const outages = new Outages(status.regionStatuses, tolerate.unanswered, now);
  const { reasons, lifted } = sortReasons(status.reasons, {
    outages,
    all,
    excepted,
    left,
    tolerate,
    exceptions,
    limit,
  });
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
      ...exceptions.unused(status.members, Object.values(left).flat(), isPartial),
      ...outages.unused(status.reasons),
    ],
    remaining: { ...status, ...remainingRows(status, all, left), verdict, reasons },
  };
}

/** The exceptions for accounts and units that `status` needs: they cover a row, or would if they had not expired. */
export function neededExceptions(
  status: PackStatus,
  tolerate: Tolerance,
  now: Date,
): ReadonlySet<ToleratedAccount | ToleratedUnit> {
  const { exceptions, left } = applyExceptions(status, tolerate, now);
  return exceptions.needed(Object.values(left).flat());
}

function applyExceptions(status: PackStatus, tolerate: Tolerance, now: Date) {
  const isPartial = status.reasons.some(({ code }) => code === "successfulOmitted");
  const exceptions = new Exceptions(tolerate, status.organizationalUnits, now);
  const all = rowsOf(status);
  const excepted = withoutExceptions(all, exceptions);
  const limit = failureLimit(status.members, excepted.failed, tolerate, isPartial);
  return { isPartial, exceptions, all, excepted, limit, left: withoutAllowed(excepted, tolerate, limit) };
}

const noShare =
  'maxFailedPercent can\'t be checked with detail "unsuccessful", so no failure is accepted. Use detail "all", or remove maxFailedPercent.';

function rowsOf(status: PackStatus): Rows {
  return {
    failed: status.failed,
    inProgress: status.inProgress,
    stuck: status.stuck,
    unrecognized: unrecognizedMembers(status.members),
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

/** The rows that are left once the limits and `inProgress` are applied. */
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
  readonly handling: Handling;
  readonly sentence: string;
}

/** All that a reason is compared with. */
interface Held {
  readonly all: Rows;
  /** The rows that no exception covers. */
  readonly excepted: Rows;
  /** Those of them that keep the gate closed. */
  readonly left: Rows;
  readonly tolerate: Tolerance;
  readonly exceptions: Exceptions;
  readonly limit: FailureLimit | undefined;
  readonly outages: Outages;
}

/** The reasons that are left, and those that a setting lifts. */
function sortReasons(given: readonly Reason[], { all, excepted, left, tolerate, exceptions, limit, outages }: Held) {
  const reasons: Reason[] = [];
  const remarks: Reason[] = [];
  const lifted: Lifted[] = [];
  const mentioned = new Set<string>();
  for (const reason of given) {
    const { rows } = ruleOf(reason);
    const here = (of: Rows): readonly Place[] =>
      rows ? of[rows].filter(({ region }) => reason.region === undefined || region === reason.region) : [];
    const remark = outages.remarkFor(reason);
    const setting = settingThatLifts(reason, tolerate);
    if (remark) {
      remarks.push(remark);
      lifted.push({ handling: "warn", sentence: remark.message });
    } else if (setting !== undefined) {
      // Where exceptions cover all rows already, the setting does nothing.
      if (!rows || here(excepted).length > here(left).length) lifted.push(liftedBy(setting, reason, tolerate));
    } else if (!rows || here(left).length > 0) {
      // Once a verdict: a stuck account is in progress too, and a policy reports on one verdict.
      const expired = exceptions.expiredFor(here(left)).filter((note) => !mentioned.has(reason.verdict + note));
      for (const note of expired) mentioned.add(reason.verdict + note);
      const isLimited = reason.code === "membersFailed" && limit;
      const notes = [
        ...exceptedNote(here(all), here(excepted)),
        ...(isLimited ? [limit.sentence] : []),
        ...expired,
        ...outages.notesFor(reason),
      ];
      reasons.push(notes.length > 0 ? { ...reason, message: [reason.message, ...notes].join(" ") } : reason);
    }
  }
  return { reasons: [...reasons, ...remarks], lifted };
}

type Setting = "inProgress" | "noSuchPack";

function settingThatLifts(reason: Reason, tolerate: Tolerance): Setting | undefined {
  const settings = ["inProgress", "noSuchPack"] as const;
  return settings.find((setting) => ruleOf(reason).liftedBy.includes(setting) && opens(tolerate[setting]));
}

function liftedBy(setting: Setting, { message }: Reason, tolerate: Tolerance): Lifted {
  const handling = tolerate[setting] ?? "refuse";
  return { handling, sentence: `${message} ${passesBy(setting, handling)}` };
}

function exceptedNote(all: readonly Place[], excepted: readonly Place[]): string[] {
  const count = accountCount(all) - accountCount(excepted);
  return count > 0 ? [`${String(count)} of them ${count === 1 ? "is" : "are"} excepted.`] : [];
}

/** The rows of the status, without those that do not keep the gate closed. */
function remainingRows(status: PackStatus, all: Rows, left: Rows) {
  const isCovered = new Set([
    ...coveredPlaces(all.failed, left.failed),
    ...coveredPlaces(all.inProgress, left.inProgress),
    ...coveredPlaces(all.unrecognized, left.unrecognized),
    ...coveredPlaces(all.outdated, left.outdated),
  ]);
  // A row in two kinds of trouble, such as a failure that is not updated yet, is covered only when both are.
  if (isCovered.size > 0) {
    const kept = [left.failed, left.inProgress, left.unrecognized, left.outdated].flat();
    for (const member of kept) isCovered.delete(placeKey(member));
  }
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
