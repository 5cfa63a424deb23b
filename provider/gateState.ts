import { byAccountThenRegion, type MemberStatus, outcomeOf, rowKey } from "../core/status/memberStatus";
import { fillTemplate, messageTemplate } from "../core/gate/messageTemplate";
import type { PackStatus } from "../core/status/packStatus";
import { decide, type GateDecision } from "../core/gate/tolerance";
import { aggregateOfAll, type UnexpectedMember } from "../core/status/verdict";
import { version } from "../core/version";

/**
 * The form in which a `PackStatus` crosses process borders and lies in state. Rows that differ only in their
 * account and time stand together, one line an account: 10,000 healthy accounts are one group and cost tens of
 * bytes each, and a person who opens the state, or reads a preview's diff, finds the failures in plain fields.
 */
export interface PackStatusState extends Pick<
  PackStatus,
  "name" | "regions" | "verdict" | "reasons" | "counts" | "regionStatuses" | "missing"
> {
  /** What the resource's own `tolerate` makes of the status. */
  readonly decision: GateDecision;
  /** The rows that are `*_FAILED`. */
  readonly failedGroups: readonly MemberGroup[];
  /** All other rows. */
  readonly otherGroups: readonly MemberGroup[];
  /**
   * When AWS was asked: ISO 8601, UTC. A resource that a run leaves out (`--target`) is not looked up again, and
   * only this tells a policy so.
   */
  readonly lookedUpAt: string;
  /** The version of pulumi-org-conformance that looked it up: where a policy pack of another can't read it, both are named. */
  readonly packageVersion: string;
  /** `accountId region`, one a stuck row. */
  readonly stuckRows: readonly string[];
  /** `accountId region cause`, one an unexpected row. */
  readonly unexpectedRows: readonly string[];
}

/** Rows of one region that have the same status and the same error. */
export interface MemberGroup extends Pick<
  MemberStatus,
  "region" | "status" | "errorCode" | "errorMessage" | "conformancePackName"
> {
  /**
   * In the place of `errorMessage`, where that names the account: `<accountId>` stands for each account's own id.
   */
  readonly errorMessageTemplate?: string;
  /**
   * One line an account: `accountId lastUpdateTime`, with `-` for no time. Then the account's `conformancePackName`
   * where that is not the group's, URI-encoded, and the account's name where that is known, as a JSON text.
   */
  readonly accounts: string;
}

/** The properties that hold groups. */
export const groupProperties = ["failedGroups", "otherGroups"] as const;

/** The parts of a `PackStatus` that the state's groups stand for. */
export type DecodedMembers = Pick<PackStatus, "members" | "failed" | "inProgress">;

/** Packs a status, as it was at `lookedUpAt`, for its way into state. */
export function encodePackStatus(
  status: PackStatus,
  lookedUpAt: Date,
  { reasons, tolerated, verdict, warnings }: GateDecision = decide(status),
): PackStatusState {
  return {
    ...plainFields(status),
    decision: { verdict, reasons, tolerated, warnings },
    failedGroups: groupMembers(status.failed),
    otherGroups: groupMembers(status.members.filter((member) => outcomeOf(member.status) !== "failed")),
    lookedUpAt: lookedUpAt.toISOString(),
    packageVersion: version,
    stuckRows: status.stuck.map(rowKey),
    unexpectedRows: status.unexpected.map((member) => `${rowKey(member)} ${member.cause}`),
  };
}

/** What is the same in both forms. */
function plainFields({
  counts,
  missing,
  name,
  reasons,
  regionStatuses,
  regions,
  verdict,
}: PackStatus | PackStatusState) {
  return { name, regions, verdict, reasons, counts, regionStatuses, missing };
}

function groupMembers(members: readonly MemberStatus[]): MemberGroup[] {
  const groups = new Map<string, { plain: Omit<MemberGroup, "accounts">; lines: string[] }>();
  for (const member of members) {
    const { accountId, accountName, conformancePackName, errorCode, errorMessage, lastUpdateTime, region, status } =
      member;
    const template = messageTemplate(member);
    const error = template === undefined ? { errorMessage } : { errorMessageTemplate: template };
    const key = JSON.stringify([region, status, errorCode, error]);
    let group = groups.get(key);
    if (!group) {
      // Absent, not undefined: the engine's transport takes plain JSON.
      const plain = JSON.parse(JSON.stringify({ region, status, errorCode, ...error, conformancePackName })) as Omit<
        MemberGroup,
        "accounts"
      >;
      groups.set(key, (group = { plain, lines: [] }));
    }
    const ownName =
      conformancePackName === group.plain.conformancePackName ? "" : ` ${encodeURIComponent(conformancePackName)}`;
    const name = accountName === undefined ? "" : ` ${JSON.stringify(accountName)}`;
    group.lines.push(`${accountId} ${lastUpdateTime ?? "-"}${ownName}${name}`);
  }
  return [...groups.values()].map(({ plain, lines }) => ({ ...plain, accounts: lines.join("\n") }));
}

/** The rows again, sorted as they were. */
export function decodeMembers(groups: readonly MemberGroup[]): DecodedMembers {
  const members = groups
    .flatMap(({ accounts, ...group }) =>
      accounts.split("\n").map((line): MemberStatus => {
        const [, accountId = "", time = "-", packName, accountName] =
          /^(\S+) (\S+)(?: ([^\s"]*))?(?: ("[^]*"))?$/.exec(line) ?? [];
        const errorMessage =
          group.errorMessageTemplate === undefined
            ? group.errorMessage
            : fillTemplate(group.errorMessageTemplate, accountId);
        return {
          accountId,
          ...(accountName !== undefined && { accountName: JSON.parse(accountName) as string }),
          region: group.region,
          conformancePackName: packName === undefined ? group.conformancePackName : decodeURIComponent(packName),
          status: group.status,
          ...(group.errorCode !== undefined && { errorCode: group.errorCode }),
          ...(errorMessage !== undefined && { errorMessage }),
          ...(time !== "-" && { lastUpdateTime: time }),
        };
      }),
    )
    .sort(byAccountThenRegion);
  return {
    members,
    failed: members.filter(({ status }) => outcomeOf(status) === "failed"),
    inProgress: members.filter(({ status }) => outcomeOf(status) === "inProgress"),
  };
}

/** The whole status again. */
export function decodePackStatus(state: PackStatusState): PackStatus {
  const decoded = decodeMembers([...state.failedGroups, ...state.otherGroups]);
  return {
    ...plainFields(state),
    ...aggregateOfAll(state.regionStatuses),
    ...decoded,
    stuck: decodeStuck(decoded.inProgress, state.stuckRows),
    unexpected: decodeUnexpected(decoded.members, state.unexpectedRows),
  };
}

/** The stuck rows again. */
export function decodeStuck(inProgress: readonly MemberStatus[], stuckRows: readonly string[]): MemberStatus[] {
  const stuck = new Set(stuckRows);
  return inProgress.filter((member) => stuck.has(rowKey(member)));
}

/** The unexpected rows again. */
export function decodeUnexpected(
  members: readonly MemberStatus[],
  unexpectedRows: readonly string[],
): UnexpectedMember[] {
  const causes = new Map(
    unexpectedRows.map((row): [string, string] => [
      row.slice(0, row.lastIndexOf(" ")),
      row.slice(row.lastIndexOf(" ") + 1),
    ]),
  );
  return members.flatMap((member) => {
    const cause = causes.get(rowKey(member)) as UnexpectedMember["cause"] | undefined;
    return cause === undefined ? [] : [{ ...member, cause }];
  });
}

/** The groups without their times: what must be equal for nothing to have changed. */
export function withoutTimes(groups: readonly MemberGroup[]): readonly MemberGroup[] {
  return groups.map((group) => ({
    ...group,
    accounts: group.accounts
      .split("\n")
      .map((line) => line.replace(/^(\d{12}) \S+/, "$1"))
      .join("\n"),
  }));
}
