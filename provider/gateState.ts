import { version } from "../core/text/version";
import { worstAggregate } from "../core/status/aggregateStatus";
import { outcomeOf } from "../core/status/detailedStatus";
import { groupBy } from "../core/status/groupBy";
import type { RegionStatus } from "../core/status/judgement";
import type { MemberStatus } from "../core/status/memberStatus";
import type { MissingAccount } from "../core/status/missingAccounts";
import type { PackStatus } from "../core/status/packStatus";
import { byAccountThenRegion, type Place, placeKey } from "../core/status/place";
import { reasonRules } from "../core/status/reasons";
import type { UnexpectedMember } from "../core/status/unexpectedMembers";
import { failureNextStepIn } from "../core/gate/causes";
import { decide } from "../core/gate/decide";
import type { GateDecision } from "../core/gate/decision";
import { type AccountGroup, accountGroup, placesOf } from "./accountGroup";
import { quoteUnknown } from "./unknown";
import { groupMembers, type MemberGroup, ungroupMembers, withoutTimes as withoutGroupTimes } from "./memberGroups";
import { packMembers, unpackMembers, withoutTimes as withoutPackedTimes } from "./packedMembers";

/**
 * The version of the format of `GateState`. It is increased when a reader of the previous version would misread a state.
 * A reader takes a state of a newer format for one without a status, and reads all older ones: whoever increases it
 * teaches `decodeState` the format before.
 */
export const formatVersion = 1;
/** The format of the first release. */
const oldestFormatVersion = 1;

/**
 * Set in checked inputs when a trigger has changed, by a front whose check does not know whether it is in a preview: a
 * preview does not judge the status beside it. It is never in outputs.
 */
export const triggersChangedKey = "triggersChanged";

/** Expected accounts that are not members, for one cause. */
export interface MissingGroup extends AccountGroup {
  /** `noRow`: AWS shows no row for them. `deleting`, `deleted`: their rows are `DELETE_IN_PROGRESS`, `DELETE_SUCCESSFUL`. */
  readonly cause: MissingAccount["cause"];
  /** The next step: one or more sentences. */
  readonly nextStep: string;
}

/** Accounts that have a row and should have none, for one cause. Their rows are in the other groups too. */
export interface UnexpectedGroup extends AccountGroup {
  /**
   * `notListed`: they are not in `expectedAccounts`. `notInOrganization`, `notActive`: according to AWS Organizations.
   * `excluded`: they are in the pack's `ExcludedAccounts`, or in `excludedAccounts`.
   */
  readonly cause: UnexpectedMember["cause"];
}

/**
 * A status as it crosses process borders and is kept in state, the same for every front: plain JSON, next to the
 * resource's inputs. The rows that a person or a policy looks for are in plain groups by cause; the healthy rows are one
 * packed text. Each row is in exactly one of `failedGroups`, `inProgressGroups`, `stuckGroups`, `otherGroups` and
 * `packedMembers`.
 *
 * `name`, `regions`, `verdict`, `reasons`, `counts` and `regionStatuses` are those of the `PackStatus`. The worst
 * aggregate is not kept: it follows from `regionStatuses`.
 *
 * Groups are in the order of their first row (by account, then region), so that the same rows make the same state. Texts
 * from AWS are sanitized, and quoted where Pulumi would take them for a value that is not known yet.
 */
export interface GateState extends Pick<
  PackStatus,
  "name" | "regions" | "verdict" | "reasons" | "counts" | "regionStatuses" | "organizationalUnits" | "accountOwners"
> {
  /** The version of the format of this state. */
  readonly formatVersion: number;
  /** The version of the package that wrote the state, for messages. */
  readonly packageVersion: string;
  /** The time of the lookup: ISO 8601, UTC. A run that leaves the resource out (`--target`) does not look up again. */
  readonly lookedUpAt: string;
  /** The decision by the resource's own `tolerate`. */
  readonly decision: GateDecision;
  /** The rows that are `*_FAILED`. */
  readonly failedGroups: readonly MemberGroup[];
  /** The rows that are `*_IN_PROGRESS`, without the stuck ones. */
  readonly inProgressGroups: readonly MemberGroup[];
  /** The rows that are `*_IN_PROGRESS` for longer than `stuckAfterMinutes`. */
  readonly stuckGroups: readonly MemberGroup[];
  /** The expected accounts that are not members. */
  readonly missingGroups: readonly MissingGroup[];
  /** The accounts that have a row and should have none. */
  readonly unexpectedGroups: readonly UnexpectedGroup[];
  /** The rows with a status that this version does not know, and other rows that carry an error. */
  readonly otherGroups: readonly MemberGroup[];
  /** All other rows, those of healthy and of former members, packed into one text. The package itself reads it. */
  readonly packedMembers: string;
}

/** The parts of a status that are made from the groups and the packed text. */
export type StateRows = Pick<PackStatus, "members" | "failed" | "inProgress" | "stuck" | "missing" | "unexpected">;

/** True if a state has a format that this version reads. The rest of it is taken on trust. */
export function isGateState<T extends object>(state: T): state is T & GateState {
  if (!("formatVersion" in state)) return false;
  const { formatVersion: given } = state;
  return typeof given === "number" && given >= oldestFormatVersion && given <= formatVersion;
}

/** Makes a state of a status. */
export function encodeState(given: PackStatus, lookedUpAt: Date, decision: GateDecision = decide(given)): GateState {
  // Before rows are packed.
  const status = quoteUnknown(given);
  const { accountOwners, counts, name, organizationalUnits, reasons, regionStatuses, regions, verdict } = status;
  const isStuck = new Set(status.stuck.map(placeKey));
  const others = status.members.filter(({ status: word }) => !["failed", "inProgress"].includes(outcomeOf(word)));
  const isPlain = ({ errorCode, errorMessage, status: word }: MemberStatus): boolean =>
    errorCode === undefined && errorMessage === undefined && outcomeOf(word) !== "unrecognized";
  return {
    formatVersion,
    packageVersion: version,
    lookedUpAt: lookedUpAt.toISOString(),
    name,
    regions,
    verdict,
    reasons,
    counts,
    regionStatuses,
    decision: {
      verdict: decision.verdict,
      reasons: decision.reasons,
      tolerated: decision.tolerated,
      warnings: decision.warnings,
    },
    failedGroups: groupMembers(status.failed, failureNextStepIn(status)),
    inProgressGroups: groupMembers(status.inProgress.filter((row) => !isStuck.has(placeKey(row)))),
    stuckGroups: groupMembers(status.stuck),
    otherGroups: groupMembers(others.filter((row) => !isPlain(row))),
    missingGroups: byCause(status.missing).map(([cause, group]) => ({
      cause,
      nextStep: reasonRules.accountsMissing.nextStep ?? "",
      ...group,
    })),
    unexpectedGroups: byCause(status.unexpected).map(([cause, group]) => ({ cause, ...group })),
    packedMembers: packMembers(others.filter(isPlain)),
    ...(organizationalUnits && { organizationalUnits }),
    ...(accountOwners && { accountOwners }),
  };
}

/** Reads the rows of a state, sorted by account, then region. */
export function decodeRows(state: GateState): StateRows {
  const rows = (groups: readonly MemberGroup[]): MemberStatus[] =>
    groups.flatMap(ungroupMembers).sort(byAccountThenRegion);
  const failed = rows(state.failedGroups);
  const stuck = rows(state.stuckGroups);
  const inProgress = [...rows(state.inProgressGroups), ...stuck].sort(byAccountThenRegion);
  const members = [...failed, ...inProgress, ...rows(state.otherGroups), ...unpackMembers(state.packedMembers)].sort(
    byAccountThenRegion,
  );
  return {
    members,
    failed,
    inProgress,
    stuck,
    missing: state.missingGroups
      .flatMap(({ cause, ...group }) => placesOf(group).map((place) => ({ ...place, cause })))
      .sort(byAccountThenRegion),
    unexpected: unexpectedRows(state.unexpectedGroups, members),
  };
}

/** Reads the status of a state. */
export function decodeState(state: GateState): PackStatus {
  const { accountOwners, counts, name, organizationalUnits, reasons, regionStatuses, regions, verdict } = state;
  return {
    name,
    regions,
    verdict,
    reasons,
    counts,
    regionStatuses,
    ...worstAggregate(regionStatuses),
    ...decodeRows(state),
    ...(organizationalUnits && { organizationalUnits }),
    ...(accountOwners && { accountOwners }),
  };
}

/**
 * The part of a value in a state that a change is about: everything that a program or a policy reads, except times and
 * request ids.
 *
 * @param value - The value at `key`, also of a state that is not of this format.
 */
export function comparable(key: string, value: unknown): unknown {
  if (["lookedUpAt", "packageVersion", triggersChangedKey].includes(key)) return undefined;
  if (key === "regionStatuses" && isListOfObjects(value)) return (value as RegionStatus[]).map(withoutRegionTime);
  if (memberGroupKeys.has(key) && isListOfObjects(value)) return (value as MemberGroup[]).map(withoutGroupTimes);
  if (key === "packedMembers" && typeof value === "string") return withoutPackedTimes(value);
  return value;
}

function isListOfObjects(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "object" && entry !== null);
}

function withoutRegionTime(status: RegionStatus): object {
  const aggregate = status.aggregate && { ...status.aggregate, lastUpdateTime: undefined };
  return { ...status, aggregate, requestId: undefined };
}

const memberGroupKeys: ReadonlySet<string> = new Set([
  "failedGroups",
  "inProgressGroups",
  "stuckGroups",
  "otherGroups",
] satisfies (keyof GateState)[]);

/** A group for each cause. */
function byCause<Row extends Place & { readonly cause: string }>(
  rows: readonly Row[],
): [cause: Row["cause"], group: AccountGroup][] {
  return [...groupBy(rows, ({ cause }): Row["cause"] => cause)].map(([cause, group]) => [
    cause,
    accountGroup(group).group,
  ]);
}

function unexpectedRows(groups: readonly UnexpectedGroup[], members: readonly MemberStatus[]): UnexpectedMember[] {
  if (groups.length === 0) return [];
  const causes = new Map(
    groups.flatMap(({ cause, ...group }) => placesOf(group).map((place) => [placeKey(place), cause])),
  );
  return members.flatMap((member) => {
    const cause = causes.get(placeKey(member));
    return cause === undefined ? [] : [{ ...member, cause }];
  });
}
