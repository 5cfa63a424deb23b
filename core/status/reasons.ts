import { plural } from "../text/plural";
import { sanitize } from "../text/sanitize";
import type { AggregateStatus } from "./aggregateStatus";
import type { Verdict } from "./verdict";

/** The rows that a reason is about. A gate's exceptions for accounts lift it once they cover all of them. */
export type ReasonRows = "failed" | "inProgress" | "stuck" | "outdated" | "unrecognized" | "missing";

/** The settings of `tolerate` that may lift a reason. */
export type LiftedBy =
  | "accounts"
  | "organizationalUnits"
  | "maxFailedAccounts"
  | "maxFailedPercent"
  | "inProgress"
  | "noSuchPack"
  | "unanswered";

/** The rule for one reason code. */
interface Rule<Facts> {
  readonly verdict: Verdict;
  /** The condition for it, for the reference. */
  readonly when: string;
  readonly rows?: ReasonRows;
  readonly liftedBy: readonly LiftedBy[];
  /** `yes`: a wait goes on while it holds. `onceWaiting`: only a wait that has begun does. */
  readonly waitedFor: "yes" | "no" | "onceWaiting";
  /** Set when it may hide a failure: `failOn: "failed"` refuses because of it, although its verdict is another. */
  readonly mayHideFailure?: true;
  /** The next step. Absent where the causes of the rows have a step each. */
  readonly nextStep?: string;
  readonly sentence: (facts: Facts) => string;
}

/** A number of accounts, of how many, in how many regions: `3 of 250 accounts`, `, in 2 of 6 regions`. */
export interface Share {
  readonly accounts: number;
  /** Absent where not all rows are known. */
  readonly of?: number;
  readonly regions: number;
  readonly ofRegions: number;
}

interface OfRegion {
  readonly region: string;
}

interface OfAggregate extends OfRegion {
  readonly aggregate: AggregateStatus;
}

const rule = <Facts>(entry: Rule<Facts>): Rule<Facts> => entry;

/** The rule for each reason code: the one place for it. The table in docs/verdict.md is made from this one. */
export const reasonRules = {
  membersFailed: rule({
    verdict: "FAILED",
    when: "A row is `*_FAILED`.",
    rows: "failed",
    liftedBy: ["accounts", "organizationalUnits", "maxFailedAccounts", "maxFailedPercent"],
    waitedFor: "no",
    sentence: (share: Share) => `${accounts(share)} failed${regions(share)}.`,
  }),
  aggregateFailed: rule({
    verdict: "FAILED",
    when: "AWS reports the pack as `*_FAILED` in a region where no row failed.",
    liftedBy: [],
    waitedFor: "onceWaiting",
    nextStep:
      "open the pack in AWS Config. AWS reports a failure that no row here shows. Correct it, then deploy the pack again.",
    sentence: (facts: OfAggregate & { readonly onlyStatuses: boolean }) =>
      `${reported(facts)}, although no row ${facts.onlyStatuses ? "that was read " : ""}failed${because(facts.aggregate)}.`,
  }),
  packDeleteFailed: rule({
    verdict: "FAILED",
    when: "AWS reports the pack as `DELETE_FAILED` in a region.",
    liftedBy: [],
    waitedFor: "no",
    nextStep:
      "open the pack in AWS Config. To keep it, deploy it again. To remove it, delete it again and remove the gate.",
    sentence: (facts: OfAggregate) => `${reported(facts)}${because(facts.aggregate)}.`,
  }),
  membersInProgress: rule({
    verdict: "IN_PROGRESS",
    when: "A row is `*_IN_PROGRESS`.",
    rows: "inProgress",
    liftedBy: ["accounts", "organizationalUnits", "inProgress"],
    waitedFor: "yes",
    nextStep: "wait until AWS is done, then run the command again.",
    sentence: (share: Share) => `${accounts(share)} ${areIs(share.accounts)} in progress${regions(share)}.`,
  }),
  membersStuck: rule({
    verdict: "IN_PROGRESS",
    when: "A row is `*_IN_PROGRESS` for longer than `stuckAfterMinutes`, or without a usable time.",
    rows: "stuck",
    liftedBy: ["accounts", "organizationalUnits"],
    waitedFor: "yes",
    nextStep:
      "open AWS Config in the stuck accounts. AWS retries an account without a recorder for only 7 hours. Then deploy the pack again.",
    sentence: ({ timeless, ...facts }: Share & { readonly minutes: number; readonly timeless: number }) =>
      `${plural(facts.accounts, "account")} ${areIs(facts.accounts)} stuck${regions(facts)}: in progress for more than ${plural(facts.minutes, "minute")}${
        timeless > 0 ? `, or for an unknown time (${String(timeless)})` : ""
      }.`,
  }),
  aggregateInProgress: rule({
    verdict: "IN_PROGRESS",
    when: 'AWS reports the pack as `*_IN_PROGRESS` in a region where no row is; with `detail: "unsuccessful"`, whatever the rows are.',
    liftedBy: ["inProgress"],
    waitedFor: "yes",
    nextStep: "wait until AWS is done, then run the command again.",
    sentence: (facts: OfAggregate & { readonly inProgress: number; readonly onlyStatuses: boolean }) => {
      if (facts.inProgress > 0) return `${reported(facts)}.`;
      if (facts.onlyStatuses) return `${reported(facts)}, although no row that was read is in progress.`;
      return `${reported(facts)}, although no row is in progress: an update has not reached all accounts yet.`;
    },
  }),
  membersOutdated: rule({
    verdict: "IN_PROGRESS",
    when: "AWS reports the pack as `*_IN_PROGRESS` in a region, and finished rows there are older than that update.",
    rows: "outdated",
    liftedBy: ["accounts", "organizationalUnits", "inProgress"],
    waitedFor: "yes",
    nextStep: "wait until AWS is done, then run the command again.",
    sentence: (facts: OfAggregate & { readonly outdated: number }) =>
      `${reported(facts)}, and ${plural(facts.outdated, "account")} there ${areIs(facts.outdated)} not updated yet.`,
  }),
  noSuchPack: rule({
    verdict: "INCOMPLETE",
    when: "AWS knows no such pack in a region.",
    liftedBy: ["noSuchPack"],
    waitedFor: "no",
    sentence: ({ message }: OfRegion & { readonly message: string }) => message,
  }),
  regionUnanswered: rule({
    verdict: "INCOMPLETE",
    when: "A region did not answer, or refused to. `unanswered` lifts it only if it did not answer.",
    liftedBy: ["unanswered"],
    waitedFor: "no",
    mayHideFailure: true,
    sentence: ({ message }: Partial<OfRegion> & { readonly message: string }) => message,
  }),
  noMembers: rule({
    verdict: "INCOMPLETE",
    when: "A region has no member, or only former members.",
    liftedBy: [],
    waitedFor: "yes",
    nextStep:
      "if the pack was put a short time ago, wait and run the command again. Otherwise check that the organization has accounts, and the pack's ExcludedAccounts.",
    sentence: ({ region, hasFormer }: OfRegion & { readonly hasFormer: boolean }) =>
      `No account is a member of the pack in ${region}: AWS shows ${hasFormer ? "only former members" : "no row"}.`,
  }),
  accountsMissing: rule({
    verdict: "INCOMPLETE",
    when: "An expected account has no row, or one that is `DELETE_IN_PROGRESS` or `DELETE_SUCCESSFUL`.",
    rows: "missing",
    liftedBy: ["accounts", "organizationalUnits"],
    waitedFor: "yes",
    nextStep:
      "check that these accounts are active members of the organization and not in the pack's ExcludedAccounts. An account that joined a short time ago gets the pack within hours.",
    sentence: (share: Share) =>
      `${plural(share.accounts, "expected account")} ${areIs(share.accounts)} missing${regions(share)}.`,
  }),
  statusUnknown: rule({
    verdict: "INCOMPLETE",
    when: "A row has a status that this version does not know.",
    rows: "unrecognized",
    liftedBy: ["accounts", "organizationalUnits"],
    waitedFor: "no",
    mayHideFailure: true,
    nextStep: "open AWS Config in these accounts, and update pulumi-org-conformance.",
    sentence: ({ statuses, ...share }: Share & { readonly statuses: readonly string[] }) =>
      `${accounts(share)} ${share.accounts === 1 ? "has" : "have"} a status that this version does not know: ${statuses.join(", ")}.`,
  }),
  packDeleting: rule({
    verdict: "INCOMPLETE",
    when: "AWS reports the pack as `DELETE_IN_PROGRESS` in a region.",
    liftedBy: [],
    waitedFor: "no",
    nextStep: "to keep the pack, deploy it again when AWS has deleted it. Otherwise remove the gate.",
    sentence: (facts: OfAggregate) => `${reported(facts)}.`,
  }),
  packDeleted: rule({
    verdict: "INCOMPLETE",
    when: "AWS reports the pack as `DELETE_SUCCESSFUL` in a region.",
    liftedBy: [],
    waitedFor: "no",
    nextStep: "deploy the pack again, or remove the gate.",
    sentence: (facts: OfAggregate) => `${reported(facts)}.`,
  }),
  aggregateUnknown: rule({
    verdict: "INCOMPLETE",
    when: "AWS reports the pack in a region with a status that this version does not know.",
    liftedBy: [],
    waitedFor: "no",
    mayHideFailure: true,
    nextStep: "open the pack in AWS Config, and update pulumi-org-conformance.",
    sentence: (facts: OfAggregate) => `${reported(facts)}, which this version does not know.`,
  }),
  statusesFiltered: rule({
    verdict: "INCOMPLETE",
    when: "`statuses` filtered rows out.",
    liftedBy: [],
    waitedFor: "no",
    nextStep: "leave out statuses, to judge all rows.",
    sentence: ({ statuses }: { readonly statuses: readonly string[] }) =>
      `Only rows that are ${statuses.join(" or ")} were read; the others are unknown.`,
  }),
  successfulOmitted: rule({
    verdict: "PASSED",
    when: '`detail: "unsuccessful"` left successful rows out.',
    liftedBy: [],
    waitedFor: "no",
    sentence: () => "Only failed and unfinished rows were read. For all others, AWS's status of the whole pack counts.",
  }),
  accountsFiltered: rule({
    verdict: "PASSED",
    when: "`accountIds` left other accounts out.",
    liftedBy: [],
    waitedFor: "no",
    sentence: ({ accounts: count }: { readonly accounts: number }) =>
      `Only ${plural(count, "account")} ${areIs(count)} judged: accountIds leaves out all others.`,
  }),
  aggregateDisagrees: rule({
    verdict: "PASSED",
    when: "AWS reports the pack as successful in a region, although rows there failed or are in progress. Those have reasons of their own.",
    liftedBy: [],
    waitedFor: "onceWaiting",
    sentence: ({
      failed,
      inProgress,
      ...facts
    }: OfAggregate & { readonly failed: number; readonly inProgress: number }) =>
      `${reported(facts)}, although ${[
        ...(failed > 0 ? [`${plural(failed, "account")} failed`] : []),
        ...(inProgress > 0 ? [`${plural(inProgress, "account")} ${areIs(inProgress)} in progress`] : []),
      ].join(" and ")}.`,
  }),
  othersFailed: rule({
    verdict: "PASSED",
    when: "AWS reports the pack as `*_FAILED` in a region, possibly because of accounts that `accountIds` leaves out.",
    liftedBy: [],
    waitedFor: "no",
    sentence: (facts: OfAggregate) => `${reported(facts)}, possibly because of accounts that accountIds leaves out.`,
  }),
  unansweredTolerated: rule({
    verdict: "PASSED",
    when: "A region did not answer, and the gate's `unanswered` excuses it. Only decisions have this one.",
    liftedBy: [],
    waitedFor: "no",
    sentence: ({ message }: OfRegion & { readonly message: string }) => message,
  }),
  accountsUnexpected: rule({
    verdict: "PASSED",
    when: "Rows are of accounts that should have none.",
    liftedBy: [],
    waitedFor: "no",
    sentence: ({ count, causes }: { readonly count: number; readonly causes: readonly string[] }) =>
      `${plural(count, "row")} of unexpected accounts: ${causes.join(", ")}.`,
  }),
  rowsChanged: rule({
    verdict: "PASSED",
    when: "Rows changed while they were read.",
    liftedBy: [],
    waitedFor: "no",
    sentence: ({ message }: { readonly message: string }) => message,
  }),
  packNamesDiffer: rule({
    verdict: "PASSED",
    when: "Rows of one account have different pack names. The worst one counts.",
    liftedBy: [],
    waitedFor: "no",
    sentence: ({ message }: { readonly message: string }) => message,
  }),
} as const;

/** The code of a reason. */
export type ReasonCode = keyof typeof reasonRules;

/** One sentence of the judgement, and the verdict that it argues for. */
export interface Reason {
  /** The verdict that it argues for. `PASSED` marks a remark, which keeps no gate closed. */
  readonly verdict: Verdict;
  /**
   * Its code, for programs:
   * - `FAILED`: `membersFailed`, `aggregateFailed`, `packDeleteFailed`.
   * - `IN_PROGRESS`: `membersInProgress`, `membersStuck`, `aggregateInProgress`, `membersOutdated`.
   * - `INCOMPLETE`: `noSuchPack`, `regionUnanswered`, `noMembers`, `accountsMissing`, `statusUnknown`, `packDeleting`,
   *   `packDeleted`, `aggregateUnknown`, `statusesFiltered`.
   * - `PASSED`, remarks: `successfulOmitted`, `accountsFiltered`, `aggregateDisagrees`, `othersFailed`,
   *   `unansweredTolerated`, `accountsUnexpected`, `rowsChanged`, `packNamesDiffer`.
   */
  readonly code: ReasonCode;
  /** The region that it is about; absent when it is about all. */
  readonly region?: string;
  /** The same for people: a sentence or more, for example `3 of 250 accounts failed.` Its wording may change; go by `code`. */
  readonly message: string;
}

/** The facts for the sentence of `code`. */
export type ReasonFacts<Code extends ReasonCode> = Parameters<(typeof reasonRules)[Code]["sentence"]>[0];

/** The reason with the sentence of its code. */
export function reason<Code extends ReasonCode>(code: Code, facts: ReasonFacts<Code>): Reason {
  const { sentence, verdict } = reasonRules[code] as Rule<ReasonFacts<Code>>;
  const region = (facts as Partial<OfRegion> | undefined)?.region;
  return { verdict, code, ...(region !== undefined && { region }), message: sentence(facts) };
}

/** The rule for the code of `reason`. */
export function ruleOf({ code }: { readonly code: ReasonCode }): Rule<never> {
  return reasonRules[code];
}

function accounts({ accounts: count, of }: Share): string {
  return of === undefined ? plural(count, "account") : `${String(count)} of ${plural(of, "account")}`;
}

function regions({ regions: count, ofRegions }: Share): string {
  return ofRegions > 1 ? `, in ${String(count)} of ${plural(ofRegions, "region")}` : "";
}

function areIs(count: number): string {
  return count === 1 ? "is" : "are";
}

function reported({ aggregate, region }: OfAggregate): string {
  return `AWS reports the pack in ${region} as ${sanitize(aggregate.status, 60)}`;
}

function because({ errorCode, errorMessage }: AggregateStatus): string {
  const words = [errorCode, errorMessage].filter((text) => text !== undefined).map((text) => sanitize(text, 300));
  return words.length > 0 ? ` (${words.join(": ")})` : "";
}
