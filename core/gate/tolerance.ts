import { InvalidArgumentsError } from "../errors/errors";
import { failureLimit } from "./failureLimit";
import { harmless } from "../text/harmless";
import { type MemberStatus, outcomeOf, rowKey } from "../status/memberStatus";
import type { PackStatus } from "../status/packStatus";
import {
  accountIdCheck,
  type Check,
  containsUnknown,
  integer,
  list,
  oneOf,
  record,
  regionCheck,
  shown,
  text,
} from "../checks/validation";
import { outdatedMembers, type Reason, type Verdict } from "../status/verdict";

/** What a gate does with something that is not a pass: open, open and say so, or stay closed. */
export const handlings = ["allow", "warn", "refuse"] as const;
/** What a gate does with something that is not a pass: open, open with a warning, or stay closed. */
export type Handling = (typeof handlings)[number];

/** An account whose failures, unfinished rows, unknown statuses or absence a gate lets pass. */
export interface ToleratedAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** Default: every region. */
  readonly regions?: readonly string[];
  /** Why, and who decided it: it is shown wherever the exception counts. */
  readonly reason: string;
  /** The last day, UTC, as `YYYY-MM-DD`. Default: it does not expire. */
  readonly expires?: string;
}

/**
 * What a gate lets pass on purpose. It changes what the gate does, never the rows or the verdict that are shown.
 * A region that does not answer, a pack that is being deleted, or an aggregate status that fails over healthy rows,
 * cannot be tolerated.
 */
export interface Tolerance {
  /** Accounts that are excepted. */
  readonly accounts?: readonly ToleratedAccount[];
  /** Up to so many accounts may have failed, the excepted ones not counted. With `maxFailedPercent`, both must hold. */
  readonly maxFailedAccounts?: number;
  /** Up to this share of all member accounts may have failed, 0 to 100, the excepted ones not counted as failed. */
  readonly maxFailedPercent?: number;
  /** A pack that is in progress, rows that are stuck left out. Default `refuse`. */
  readonly inProgress?: Handling;
  /** A pack that AWS does not know, in one region or in all. A mistyped name then passes too. Default `refuse`. */
  readonly noSuchPack?: Handling;
}

/** What a gate does with a status, and by what. */
export interface GateDecision {
  /** `PASSED`: nothing stands in the way but what is tolerated. */
  readonly verdict: Verdict;
  /** What stands in the way, and remarks. */
  readonly reasons: readonly Reason[];
  /** What was let pass, and by which exception or limit: a sentence each. */
  readonly tolerated: readonly string[];
  /** What to look at: exceptions that match nothing, and what is let pass with a warning. A sentence each. */
  readonly warnings: readonly string[];
}

/** A decision, and the part of the status that is not tolerated, for `report`. */
export interface DetailedDecision extends GateDecision {
  /** The status without what is tolerated; its counts stay those of all rows. */
  readonly remaining: PackStatus;
}

/** Whether a gate opens. Without a word, it stays closed. */
function isLetPass(handling: Handling = "refuse"): boolean {
  return handling !== "refuse";
}

/** Whether a pack that AWS does not know may pass: then a lookup that finds none is no error. */
export function toleratesNoSuchPack(tolerate: Tolerance | undefined): boolean {
  return isLetPass(tolerate?.noSuchPack);
}

/** What is allowed in a `Tolerance`. */
export const toleranceCheck: Check = record({
  accounts: list(
    record(
      {
        accountId: accountIdCheck,
        regions: list(regionCheck, 50),
        reason: text(/^(?=.*\S)[^]{1,500}$/, "a reason of 1 to 500 characters"),
        expires: (value, property) =>
          typeof value === "string" && lastMoment(value) !== undefined
            ? []
            : [{ property, reason: `${shown(value)} is not a day as YYYY-MM-DD.` }],
      },
      ["accountId", "reason"],
    ),
    10_000,
    0,
  ),
  maxFailedAccounts: integer(0, 50_000),
  maxFailedPercent: (value, property) =>
    typeof value === "number" && value >= 0 && value <= 100
      ? []
      : [{ property, reason: `${shown(value)} is not a number from 0 to 100.` }],
  inProgress: oneOf(handlings),
  noSuchPack: oneOf(handlings),
});

/** An account in one region, as an exception matches it. */
type Place = Pick<MemberStatus, "accountId" | "accountName" | "region">;

/**
 * Decides what a gate does with `status`.
 *
 * ```ts
 * const decision = decide(status, { maxFailedAccounts: 2 });
 * if (decision.verdict !== "PASSED") throw new Error(decision.reasons[0]?.message);
 * ```
 *
 * @param now - The time by which exceptions expire. Default: now.
 * @throws `InvalidArgumentsError` for a tolerance that is not acceptable.
 */
export function decide(status: PackStatus, tolerate: Tolerance = {}, now = new Date()): DetailedDecision {
  const problems = containsUnknown(tolerate)
    ? [{ property: "tolerate", reason: "It has a value that is not known yet." }]
    : toleranceCheck(tolerate, "tolerate");
  if (problems.length > 0) throw new InvalidArgumentsError(problems, status.name);

  const unrecognized = status.members.filter((member) => outcomeOf(member.status) === "unrecognized");
  const outdated = outdatedMembers(status);
  const exceptions = new Exceptions(tolerate.accounts ?? [], now);
  const tolerated: string[] = [];
  const warnings: string[] = [];
  const excepted = {
    failed: exceptions.apply(status.failed, ({ status: word }) => word),
    inProgress: exceptions.apply(status.inProgress, ({ status: word }) => word),
    unrecognized: exceptions.apply(unrecognized, ({ status: word }) => word),
    missing: exceptions.apply(status.missing, () => "missing"),
    outdated: exceptions.apply(outdated, () => "not updated yet"),
  };
  const isPartial = status.reasons.some(({ code }) => code === "successfulOmitted");
  const limit = failureLimit(status, excepted.failed, tolerate);
  if (isPartial && tolerate.maxFailedPercent !== undefined) {
    warnings.push("maxFailedPercent does not count: a share can only be told of all rows, and detail is unsuccessful.");
  }
  const unfinished = new Set(excepted.inProgress.map(rowKey));
  const stuck = status.stuck.filter((row) => unfinished.has(rowKey(row)));
  const mayProgress = isLetPass(tolerate.inProgress);
  const left = {
    ...excepted,
    failed: limit.within ? [] : excepted.failed,
    inProgress: mayProgress ? stuck : excepted.inProgress,
    outdated: mayProgress ? [] : excepted.outdated,
    stuck,
  };

  const isLeft = (reason: Reason): boolean => {
    switch (reason.code) {
      case "membersFailed":
        return left.failed.length > 0;
      case "membersInProgress":
        // What is stuck has a reason of its own.
        return !mayProgress && left.inProgress.length > 0;
      case "membersStuck":
        return stuck.length > 0;
      case "statusUnknown":
        return left.unrecognized.length > 0;
      case "accountsMissing":
        return left.missing.length > 0;
      case "aggregateInProgress":
        return !mayProgress;
      case "membersOutdated":
        return !mayProgress && left.outdated.some(({ region }) => region === reason.region);
      case "noSuchPack":
        return !toleratesNoSuchPack(tolerate);
      default:
        return true;
    }
  };
  const rowsOf: Partial<Record<Reason["code"], readonly Place[]>> = {
    membersFailed: left.failed,
    membersInProgress: left.inProgress,
    // Said once: the stuck rows are in progress too.
    membersStuck: mayProgress ? stuck : [],
    statusUnknown: left.unrecognized,
    accountsMissing: left.missing,
    membersOutdated: left.outdated,
  };
  const reasons: Reason[] = [];
  for (const reason of status.reasons) {
    if (isLeft(reason)) {
      const rows = rowsOf[reason.code] ?? [];
      const expired = exceptions.expiredFor(
        reason.region === undefined ? rows : rows.filter(({ region }) => region === reason.region),
      );
      const exceeded = reason.code === "membersFailed" ? limit.exceeded : undefined;
      const message = exceeded === undefined ? reason.message : reason.message.replace(/\.$/, exceeded);
      reasons.push({ ...reason, message: [message, ...expired].join(" ") });
    } else if (reason.code !== "membersInProgress" || excepted.inProgress.length > stuck.length) {
      const setting = settingFor(reason);
      const handling = setting && tolerate[setting];
      if (handling === "warn") warnings.push(`${reason.message} It is let pass with a warning, by ${setting ?? ""}.`);
      if (handling === "allow") tolerated.push(`${reason.message} It is allowed, by ${setting ?? ""}.`);
    }
  }
  tolerated.unshift(...exceptions.used(), ...(limit.within ? [limit.within] : []));
  warnings.push(
    ...exceptions.unused(
      status.members,
      [...left.failed, ...left.inProgress, ...left.unrecognized, ...left.missing, ...left.outdated],
      isPartial,
    ),
  );

  const isExcused = new Set([
    ...without(status.failed, left.failed),
    ...without(status.inProgress, left.inProgress),
    ...without(unrecognized, left.unrecognized),
    ...without(outdated, left.outdated),
  ]);
  // Within a limit, and not updated yet: that it stands in the way is to be seen.
  for (const member of left.outdated) isExcused.delete(rowKey(member));
  const verdict = reasons[0]?.verdict ?? "PASSED";
  return {
    verdict,
    reasons,
    tolerated,
    warnings,
    remaining: {
      ...status,
      verdict,
      reasons,
      members: status.members.filter((member) => !isExcused.has(rowKey(member))),
      failed: left.failed,
      inProgress: left.inProgress,
      stuck,
      missing: left.missing,
    },
  };
}

/** The setting that says what to do with a reason as a whole. */
function settingFor({ code }: Reason): "inProgress" | "noSuchPack" | undefined {
  if (code === "noSuchPack") return code;
  return code === "membersInProgress" || code === "aggregateInProgress" || code === "membersOutdated"
    ? "inProgress"
    : undefined;
}

/** The excepted accounts, and what each was good for. */
class Exceptions {
  readonly #byAccount = new Map<string, { readonly exception: ToleratedAccount; readonly excused: string[] }[]>();
  readonly #now: Date;

  constructor(accounts: readonly ToleratedAccount[], now: Date) {
    this.#now = now;
    for (const exception of accounts) {
      const entries = this.#byAccount.get(exception.accountId) ?? [];
      entries.push({ exception, excused: [] });
      this.#byAccount.set(exception.accountId, entries);
    }
  }

  /** Those of `rows` that no exception excuses. */
  apply<T extends Place>(rows: readonly T[], trouble: (row: T) => string): T[] {
    return rows.filter((row) => {
      const entry = this.#matching(row).find(({ exception }) => !this.#isExpired(exception));
      entry?.excused.push(`${harmless(trouble(row), 60)} in ${harmless(row.region, 40)}`);
      return entry === undefined;
    });
  }

  /** What to say of the expired exceptions that would have excused one of `rows`. */
  expiredFor(rows: readonly Place[]): string[] {
    const expired = new Set(
      rows.flatMap((row) =>
        this.#matching(row).flatMap(({ exception }) => (this.#isExpired(exception) ? [exception] : [])),
      ),
    );
    return [...expired].map(
      (exception) =>
        `The exception for ${nameOf(exception)} expired on ${exception.expires ?? ""}: ${harmless(exception.reason, 200)}`,
    );
  }

  /** What was excused, and by what. */
  used(): string[] {
    return this.#all()
      .filter(({ excused }) => excused.length > 0)
      .map(
        ({ exception, excused }) =>
          `Account ${exception.accountId} is ${excused.slice(0, 5).join(", ")}${
            excused.length > 5 ? ` and ${String(excused.length - 5)} more` : ""
          }: tolerated${exception.expires === undefined ? "" : ` until ${exception.expires}`}, ${harmless(exception.reason, 200)}`,
      );
  }

  /**
   * What to say of the exceptions that nothing needs, so that lists get cleaned.
   *
   * @param left - What no exception excuses.
   * @param isPartial - Whether there are rows that are not among the members.
   */
  unused(members: readonly MemberStatus[], left: readonly Place[], isPartial: boolean): string[] {
    return this.#all()
      .filter(({ exception, excused }) => {
        // One that has expired and is missed is told where it is missed.
        return excused.length === 0 && !left.some((place) => matches(exception, place));
      })
      .map(({ exception }) => {
        const hasTwin = (this.#byAccount.get(exception.accountId) ?? []).some(({ excused }) => excused.length > 0);
        const isKnown = isPartial || members.some((member) => matches(exception, member));
        const why = hasTwin
          ? "another exception excuses the account already"
          : isKnown
            ? "the account has nothing to be excused"
            : "there is no such account";
        const expired = this.#isExpired(exception) ? ` It expired on ${exception.expires ?? ""}.` : "";
        return `The exception for ${nameOf(exception)} matches nothing: ${why}. Remove it.${expired}`;
      });
  }

  #all() {
    return [...this.#byAccount.values()].flat();
  }

  #matching(place: Place) {
    return (this.#byAccount.get(place.accountId) ?? []).filter(({ exception }) => matches(exception, place));
  }

  #isExpired({ expires }: ToleratedAccount): boolean {
    // By a time that is none, everything has expired.
    return expires !== undefined && !(this.#now.getTime() <= (lastMoment(expires) ?? 0));
  }
}

function matches({ accountId, regions }: ToleratedAccount, place: Place): boolean {
  return accountId === place.accountId && (regions === undefined || regions.includes(place.region));
}

function nameOf({ accountId, regions }: ToleratedAccount): string {
  return regions === undefined ? accountId : `${accountId} in ${regions.join(", ")}`;
}

/** The end of a day as `YYYY-MM-DD`, in milliseconds; `undefined` when there is no such day. */
function lastMoment(day: string): number | undefined {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined;
  // 30 February would be taken for 1 March.
  if (!start || Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) return undefined;
  return start.getTime() + 86_400_000 - 1;
}

/** The rows that are not left, by key: a program may give a copy, in which no row is the same object twice. */
function without(all: readonly MemberStatus[], left: readonly MemberStatus[]): string[] {
  const kept = new Set(left.map(rowKey));
  return all.map(rowKey).filter((key) => !kept.has(key));
}
