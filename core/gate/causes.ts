import { ownersById } from "../status/accountOwner";
import { groupBy } from "../status/groupBy";
import type { MemberStatus } from "../status/memberStatus";
import type { MissingAccount } from "../status/missingAccounts";
import { accountPaths } from "../status/organizationalUnit";
import { outdatedMembers } from "../status/outdatedMembers";
import type { PackStatus } from "../status/packStatus";
import { type Place, placeKey } from "../status/place";
import { type ReasonCode, ruleOf } from "../status/reasons";
import { unrecognizedMembers } from "../status/unrecognizedMembers";
import { failureNextStep, inactiveNextStep, saysInactive } from "./failureNextSteps";
import { messageTemplate } from "./messageTemplate";

/** The trouble that accounts of one cause have in common. */
export type CauseKind = "failed" | "stuck" | "inProgress" | "outdated" | "unrecognized" | MissingAccount["cause"];

/** An account, and the regions in which a cause holds for it. */
export interface CauseAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** The account's name in AWS Organizations, where that was asked; sanitized. */
  readonly accountName?: string;
  /** The organizational units that it is in, from below the root, where the lookup read them: `Workloads/Production`. */
  readonly path?: string;
  /** Its owner, where the lookup read it; sanitized. */
  readonly owner?: string;
  readonly regions: readonly string[];
}

/** The accounts that are in the same trouble, in whatever regions, and what to do about it. */
export interface Cause {
  readonly kind: CauseKind;
  /** AWS's error code, where all rows have one. */
  readonly errorCode?: string;
  /** AWS's words for the rows; empty for accounts without one. */
  readonly statuses: readonly string[];
  /** AWS's message, once; an account's own id in it is `<accountId>`. */
  readonly message?: string;
  /** The number of other messages that AWS gave for the same error code. */
  readonly otherMessages: number;
  /** One or more sentences to follow "Next: ", the first without a capital. */
  readonly nextStep: string;
  /** The earliest time of one of the rows: ISO 8601, UTC. */
  readonly since?: string;
  /** Sorted by id. */
  readonly accounts: readonly CauseAccount[];
}

/** The reason that the rows of each kind of cause are for. */
export const reasonOf = {
  failed: "membersFailed",
  stuck: "membersStuck",
  inProgress: "membersInProgress",
  outdated: "membersOutdated",
  unrecognized: "statusUnknown",
  noRow: "accountsMissing",
  deleting: "accountsMissing",
  deleted: "accountsMissing",
} as const satisfies Readonly<Record<CauseKind, ReasonCode>>;

/**
 * The causes that keep a status from passing: one entry a cause, however many regions it is in. Failures first, those
 * of most accounts first.
 */
export function causesOf(status: PackStatus): Cause[] {
  const { inProgress, members, missing, reasons, stuck } = status;
  const isInactive = inactiveRows(status);
  const isStuck = new Set(stuck.map(placeKey));
  const causes = [
    ...failureCauses(status),
    ...causesOfRows("stuck", stuck, (member) => (isInactive(member) ? inactiveNextStep : stepOf("membersStuck"))),
    ...causesOfRows(
      "inProgress",
      inProgress.filter((member) => !isStuck.has(placeKey(member))),
      () => stepOf("membersInProgress"),
    ),
    ...causesOfRows("outdated", outdatedMembers(status), () => stepOf("membersOutdated")),
    ...causesOfRows("unrecognized", unrecognizedMembers(members), () => stepOf("statusUnknown")),
    ...missingCauses(missing),
  ];
  const about = { paths: accountPaths(status.organizationalUnits), owners: ownersById(status.accountOwners) };
  return (
    causes
      // A gate may have dropped the reason that the rows are for.
      .filter(({ kind }) => reasons.some(({ code }) => code === reasonOf[kind]))
      .map((cause) => ({ ...cause, accounts: withPathsAndOwners(cause.accounts, about) }))
  );
}

function withPathsAndOwners(
  accounts: readonly CauseAccount[],
  { owners, paths }: { readonly owners: ReadonlyMap<string, string>; readonly paths: ReadonlyMap<string, string> },
): readonly CauseAccount[] {
  if (owners.size === 0 && paths.size === 0) return accounts;
  return accounts.map(({ regions, ...account }) => {
    const path = paths.get(account.accountId);
    const owner = owners.get(account.accountId);
    return { ...account, ...(path !== undefined && { path }), ...(owner !== undefined && { owner }), regions };
  });
}

function failureCauses(status: PackStatus): Cause[] {
  const nextStepOf = failureNextStepIn(status);
  const groups = groupBy(status.failed, (member) =>
    // Without a code, only AWS's words tell causes apart.
    JSON.stringify([member.errorCode ?? wordsOf(member), nextStepOf(member)]),
  );
  return [...groups.values()]
    .map((rows) => causeOf("failed", rows, nextStepOf(rows[0])))
    .sort((a, b) => b.accounts.length - a.accounts.length);
}

/** The next step for a failed row of a status: in a closed account, nobody can repair anything. */
export function failureNextStepIn(status: Pick<PackStatus, "unexpected">): (member: MemberStatus) => string {
  const isInactive = inactiveRows(status);
  return (member) => (isInactive(member) ? inactiveNextStep : failureNextStep(member));
}

/** A test for rows of accounts that are not active, according to AWS Organizations or to AWS's words. */
function inactiveRows({ unexpected }: Pick<PackStatus, "unexpected">): (member: MemberStatus) => boolean {
  const inactive = new Set(unexpected.filter(({ cause }) => cause === "notActive").map(placeKey));
  return (member) => inactive.has(placeKey(member)) || saysInactive(member);
}

function causesOfRows(
  kind: CauseKind,
  rows: readonly MemberStatus[],
  nextStepOf: (member: MemberStatus) => string,
): Cause[] {
  const groups = groupBy(rows, (member) => JSON.stringify([member.status, nextStepOf(member)]));
  return [...groups.values()].map((group) => causeOf(kind, group, nextStepOf(group[0])));
}

function stepOf(code: ReasonCode): string {
  return ruleOf({ code }).nextStep ?? "";
}

function missingCauses(missing: readonly MissingAccount[]): Cause[] {
  return [...groupBy(missing, ({ cause }) => cause)].map(([kind, accounts]) => ({
    kind,
    statuses: [],
    otherMessages: 0,
    nextStep: stepOf("accountsMissing"),
    accounts: byAccount(accounts),
  }));
}

function causeOf(kind: CauseKind, rows: readonly [MemberStatus, ...MemberStatus[]], nextStep: string): Cause {
  const [{ errorCode }] = rows;
  const isOfAll = rows.every((row) => row.errorCode === errorCode);
  const messages = new Set(rows.map(wordsOf).filter((text) => text !== undefined));
  const [message] = messages;
  const since = rows.reduce<string | undefined>(
    (first, { lastUpdateTime: time }) => (time !== undefined && (first === undefined || time < first) ? time : first),
    undefined,
  );
  return {
    kind,
    ...(errorCode !== undefined && isOfAll && { errorCode }),
    statuses: [...new Set(rows.map(({ status }) => status))].sort(),
    ...(message !== undefined && { message }),
    otherMessages: Math.max(0, messages.size - 1),
    nextStep,
    ...(since !== undefined && { since }),
    accounts: byAccount(rows),
  };
}

/** AWS's words about a row, the same for all accounts that it happened to. */
function wordsOf(member: MemberStatus): string | undefined {
  return messageTemplate(member) ?? member.errorMessage;
}

/** Sorted as the places are: by account, then region. */
function byAccount(places: readonly Place[]): CauseAccount[] {
  return [...groupBy(places, ({ accountId }) => accountId).values()].map((own) => {
    const [{ accountId, accountName }] = own;
    return {
      accountId,
      ...(accountName !== undefined && { accountName }),
      regions: own.map(({ region }) => region),
    };
  });
}
