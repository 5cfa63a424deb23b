import { version } from "../core/version";
import { worstAggregate } from "../core/status/aggregateStatus";
import { outcomeOf } from "../core/status/detailedStatus";
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

/** The version of the form below. It grows when a reader of the one before would be wrong. */
export const formatVersion = 1;

/** Expected accounts that are not members, by cause. */
export interface MissingGroup extends AccountGroup {
  readonly cause: MissingAccount["cause"];
  readonly nextStep: string;
}

/** Accounts that have a row and should have none, by cause. Their rows are in the other groups too. */
export interface UnexpectedGroup extends AccountGroup {
  readonly cause: UnexpectedMember["cause"];
}

/**
 * The form in which a status crosses process borders and is kept in state: the same for every front. What a person or a
 * policy looks for is in plain groups by cause; healthy rows are one packed text.
 */
export interface GateState extends Pick<
  PackStatus,
  "name" | "regions" | "verdict" | "reasons" | "counts" | "regionStatuses"
> {
  readonly formatVersion: number;
  /** The version of the package that wrote it, for messages. */
  readonly packageVersion: string;
  /** When AWS was asked: ISO 8601, UTC. A resource that a run leaves out (`--target`) is not looked up again. */
  readonly lookedUpAt: string;
  /** What the resource's own `tolerate` makes of the status. */
  readonly decision: GateDecision;
  /** The rows that are `*_FAILED`. */
  readonly failedGroups: readonly MemberGroup[];
  /** The rows that are `*_IN_PROGRESS`, but for the stuck ones. */
  readonly inProgressGroups: readonly MemberGroup[];
  /** The rows that are `*_IN_PROGRESS` for longer than `stuckAfterMinutes`. */
  readonly stuckGroups: readonly MemberGroup[];
  readonly missingGroups: readonly MissingGroup[];
  readonly unexpectedGroups: readonly UnexpectedGroup[];
  /** The rows with a status that this version does not know, and other rows that carry an error. */
  readonly otherGroups: readonly MemberGroup[];
  /** All other rows: those of healthy and of former members. `unpackMembers` reads them. */
  readonly packedMembers: string;
}

/** The parts of a status that the groups stand for. */
export type StateRows = Pick<PackStatus, "members" | "failed" | "inProgress" | "stuck" | "missing" | "unexpected">;

/** Packs a status for its way into state. */
export function encodeState(status: PackStatus, lookedUpAt: Date, decision: GateDecision = decide(status)): GateState {
  const { counts, name, reasons, regionStatuses, regions, verdict } = status;
  const isStuck = new Set(status.stuck.map(placeKey));
  const others = status.members.filter(({ status: word }) => !["failed", "inProgress"].includes(outcomeOf(word)));
  const isPlain = ({ errorCode, errorMessage, status: word }: MemberStatus): boolean =>
    errorCode === undefined && errorMessage === undefined && outcomeOf(word) !== "unrecognized";
  return quoteUnknown<GateState>({
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
  });
}

/** The rows again, sorted as they were. */
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

/** The whole status again. */
export function decodeState(state: GateState): PackStatus {
  const { counts, name, reasons, regionStatuses, regions, verdict } = state;
  return {
    name,
    regions,
    verdict,
    reasons,
    counts,
    regionStatuses,
    ...worstAggregate(regionStatuses),
    ...decodeRows(state),
  };
}

/**
 * What must be equal for nothing to have changed: everything that a program or a policy reads, but no times. A row that
 * only got a new time is no change.
 */
export function comparable(key: string, value: unknown): unknown {
  if (key === "lookedUpAt" || key === "packageVersion") return undefined;
  if (key === "regionStatuses" && Array.isArray(value)) {
    return (value as RegionStatus[]).map(({ aggregate, ...others }) => ({
      ...others,
      requestId: undefined,
      ...(aggregate && { aggregate: { ...aggregate, lastUpdateTime: undefined } }),
    }));
  }
  if (memberGroupKeys.has(key) && Array.isArray(value)) return (value as MemberGroup[]).map(withoutGroupTimes);
  if (key === "packedMembers" && typeof value === "string") return withoutPackedTimes(value);
  return value;
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
  const causes = new Map<Row["cause"], Row[]>();
  for (const row of rows) {
    const group = causes.get(row.cause);
    if (group) group.push(row);
    else causes.set(row.cause, [row]);
  }
  return [...causes].map(([cause, group]) => [cause, accountGroup(group).group]);
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
