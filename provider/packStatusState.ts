import { byAccountThenRegion, type MemberStatus, outcomeOf } from "./memberStatus";
import { fillTemplate, messageTemplate } from "./messageTemplate";
import type { PackStatus } from "./packStatus";

/**
 * The form in which a `PackStatus` crosses process borders and lies in state. Rows that differ only in their
 * account and time stand together, one line an account: 10,000 healthy accounts are one group and cost tens of
 * bytes each, and a person who opens the state, or reads a preview's diff, finds the failures in plain fields.
 */
export interface PackStatusState extends Pick<
  PackStatus,
  "name" | "regions" | "verdict" | "reasons" | "counts" | "missing"
> {
  /** The rows that are `*_FAILED`. */
  readonly failedGroups: readonly MemberGroup[];
  /** All other rows. */
  readonly otherGroups: readonly MemberGroup[];
  /**
   * When AWS was asked: ISO 8601, UTC. A resource that a run leaves out (`--target`) is not looked up again, and
   * only this tells a policy so.
   */
  readonly lookedUpAt: string;
  /** `accountId region`, one an unexpected row. */
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
   * One line an account: `accountId lastUpdateTime`, with `-` for no time, and a third field where the
   * account's `conformancePackName` is not the group's.
   */
  readonly accounts: string;
}

/** The properties that hold groups. */
export const groupProperties = ["failedGroups", "otherGroups"] as const;

/** The parts of a `PackStatus` that the state's groups stand for. */
export type DecodedMembers = Pick<PackStatus, "members" | "failed" | "inProgress">;

/** Packs a status, as it was at `lookedUpAt`, for its way into state. */
export function encodePackStatus(status: PackStatus, lookedUpAt: Date): PackStatusState {
  const { name, regions, verdict, reasons, counts, missing, members, failed, unexpected } = status;
  return {
    name,
    regions,
    verdict,
    reasons,
    counts,
    missing,
    failedGroups: groupMembers(failed),
    otherGroups: groupMembers(members.filter((member) => outcomeOf(member.status) !== "failed")),
    lookedUpAt: lookedUpAt.toISOString(),
    unexpectedRows: unexpected.map(({ accountId, region }) => `${accountId} ${region}`),
  };
}

function groupMembers(members: readonly MemberStatus[]): MemberGroup[] {
  const groups = new Map<string, { plain: Omit<MemberGroup, "accounts">; lines: string[] }>();
  for (const member of members) {
    const { accountId, conformancePackName, errorCode, errorMessage, lastUpdateTime, region, status } = member;
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
    group.lines.push(`${accountId} ${lastUpdateTime ?? "-"}${ownName}`);
  }
  return [...groups.values()].map(({ plain, lines }) => ({ ...plain, accounts: lines.join("\n") }));
}

/** The rows again, sorted as they were. */
export function decodeMembers(groups: readonly MemberGroup[]): DecodedMembers {
  const members = groups
    .flatMap(({ accounts, ...group }) =>
      accounts.split("\n").map((line): MemberStatus => {
        const [accountId = "", time = "-", name] = line.split(" ");
        const errorMessage =
          group.errorMessageTemplate === undefined
            ? group.errorMessage
            : fillTemplate(group.errorMessageTemplate, accountId);
        return {
          accountId,
          region: group.region,
          conformancePackName: name === undefined ? group.conformancePackName : decodeURIComponent(name),
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
  const { name, regions, verdict, reasons, counts, missing, failedGroups, otherGroups } = state;
  const decoded = decodeMembers([...failedGroups, ...otherGroups]);
  const unexpected = new Set(state.unexpectedRows);
  return {
    name,
    regions,
    verdict,
    reasons,
    counts,
    missing,
    ...decoded,
    unexpected: decoded.members.filter(({ accountId, region }) => unexpected.has(`${accountId} ${region}`)),
  };
}

/** The groups without their times: what must be equal for nothing to have changed. */
export function withoutTimes(groups: readonly MemberGroup[]): readonly MemberGroup[] {
  return groups.map((group) => ({
    ...group,
    accounts: group.accounts.replace(/^(\d{12}) \S+/gm, "$1"),
  }));
}
