import type { AwsSettings } from "../aws/settings";
import type { OrgConformanceError } from "../errors";
import { accountCountsOf } from "../gate/accountCounts";
import { causesOf } from "../gate/causes";
import { decide } from "../gate/decide";
import { awaitedSentence } from "../gate/failOn";
import type { Tolerance } from "../gate/tolerance";
import { type Toleration, type Tolerations, tolerationsOf } from "../gate/tolerations";
import { outcomeOf } from "../status/detailedStatus";
import { outdatedMembers } from "../status/outdatedMembers";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { type Place, placeKey } from "../status/place";
import type { Reason } from "../status/reasons";
import { version } from "../text/version";
import { exitCodeOf, exitCodeOfError, exitCodes } from "./exitCodes";
import {
  type FailedLookupFile,
  type FoundStatus,
  type LookupKind,
  type PulumiRun,
  statusFileKind,
  statusFileVersion,
} from "./statusFile";

/** One lookup, without its result. */
export interface Lookup {
  readonly by: LookupKind;
  readonly args: PackStatusArgs;
  /** With all packs: the names of those that are not looked up. */
  readonly except?: readonly string[] | undefined;
  readonly tolerate?: Tolerance | undefined;
  /** With all packs: the part of `tolerate` that this one needs. Others need the rest. */
  readonly neededTolerance?: Tolerance | undefined;
  /** Set when the update waits for the pack and judges it then: a preview is not blocked by what it finds. */
  readonly isAwaited?: boolean | undefined;
  /** The time at which the result was known, by which exceptions expire too. */
  readonly lookedUpAt: Date;
  readonly run?: PulumiRun | undefined;
  /** The account that asked, 12 digits, where it is known. */
  readonly callerAccountId?: string | undefined;
  /** With other settings, it is another lookup. Absent where they were a mistake. */
  readonly settings?: AwsSettings | undefined;
}

/**
 * Makes the status file of a lookup that gave a status.
 *
 * @param isUnsettled - Set when a wait ended before the pack had settled: then what is in progress is not tolerated.
 */
export function statusFileOf(status: PackStatus, lookup: Lookup, isUnsettled = false): FoundStatus {
  const { args } = lookup;
  const { causes, decision, tolerations } = judged(status, lookup, isUnsettled);
  const expected = args.expectedAccounts;
  return {
    ...headerOf(status.name, lookup),
    exitCode: isUnsettled ? exitCodes.notSettled : exitCodeOf(decision.verdict),
    regions: status.regions,
    ...(expected !== undefined && { expected: expectedOf(expected) }),
    verdict: status.verdict,
    reasons: status.reasons,
    decision,
    counts: { accounts: accountCountsOf(status, tolerations), rows: status.counts },
    regionStatuses: status.regionStatuses,
    ...(status.accountOwners && { accountOwners: status.accountOwners }),
    causes,
    stuck: status.stuck,
    missing: status.missing.map((account) => marked(account, tolerations.missing.get(placeKey(account)))),
    unexpected: status.unexpected,
    members: status.members.map((member) => marked(member, tolerations.members.get(placeKey(member)))),
  };
}

function expectedOf(expected: NonNullable<PackStatusArgs["expectedAccounts"]>): NonNullable<FoundStatus["expected"]> {
  if (expected === "organization") return expected;
  return "organizationalUnits" in expected ? "organizationalUnits" : expected.length;
}

/** The decision, what covers the rows that it leaves out, and the causes that are left. */
function judged(status: PackStatus, lookup: Lookup, isUnsettled: boolean): Judged {
  const { neededTolerance = lookup.tolerate } = lookup;
  const tolerate: Tolerance = { ...neededTolerance, ...(isUnsettled && { inProgress: "refuse" }) };
  const { remaining, ...decision } = decide(status, tolerate, lookup.lookedUpAt);
  const tolerations = tolerationsOf(status, remaining, tolerate, lookup.lookedUpAt);
  // An update that waits has judged nothing until it has waited. What may be one counts as one.
  if (!lookup.isAwaited || lookup.run?.preview !== true) {
    return { decision, tolerations, causes: causesOf(remaining) };
  }
  const isRemark = ({ verdict }: Reason): boolean => verdict === "PASSED";
  return {
    decision: {
      ...decision,
      verdict: "PASSED",
      reasons: decision.reasons.filter(isRemark),
      warnings: [
        ...decision.warnings,
        [awaitedSentence, ...decision.reasons.flatMap((one) => (isRemark(one) ? [] : [one.message]))].join(" "),
      ],
    },
    tolerations: awaitedToo(status, remaining, tolerations),
    causes: [],
  };
}

type Judged = Pick<FoundStatus, "decision" | "causes"> & { readonly tolerations: Tolerations };

/** The rows that the update waits for, and every other one that is in trouble now, keep no preview closed. */
function awaitedToo(status: PackStatus, remaining: PackStatus, { members, missing }: Tolerations): Tolerations {
  const inTrouble = status.members.filter(({ status: word }) => !["successful", "deleted"].includes(outcomeOf(word)));
  const byWait = (places: readonly Place[]): [string, Toleration][] =>
    places.map((place) => [placeKey(place), { by: "wait" }]);
  return {
    members: new Map([...byWait([...inTrouble, ...outdatedMembers(remaining)]), ...members]),
    missing: new Map([...byWait(status.missing), ...missing]),
  };
}

/** Makes the status file of a lookup that failed. */
export function failedLookupFileOf(error: OrgConformanceError, lookup: Lookup): FailedLookupFile {
  const { message, name, nextStep, region, requestId } = error;
  return {
    ...headerOf(lookup.args.name, lookup),
    exitCode: exitCodeOfError(error),
    regions: lookup.args.regions ?? [],
    verdict: null,
    error: {
      class: name,
      message,
      ...(region !== undefined && { region }),
      ...(requestId !== undefined && { requestId }),
      nextStep,
    },
  };
}

function headerOf(name: string, { by, callerAccountId, lookedUpAt, run }: Lookup) {
  return {
    kind: statusFileKind,
    schemaVersion: statusFileVersion,
    tool: { name: "pulumi-org-conformance", version },
    lookedUpAt: lookedUpAt.toISOString(),
    by,
    ...(run && Object.keys(run).length > 0 && { run }),
    ...(callerAccountId !== undefined && { callerAccountId }),
    name,
  } as const;
}

function marked<T extends object, M>(row: T, tolerated: M | undefined): T & { readonly tolerated?: M } {
  return tolerated === undefined ? row : { ...row, tolerated };
}
