import { fillTemplate, messageTemplate } from "../core/gate/messageTemplate";
import { groupBy } from "../core/status/groupBy";
import type { MemberStatus } from "../core/status/memberStatus";
import { type AccountGroup, accountGroup, placesOf } from "./accountGroup";

/** Rows with the same status, the same error and the same next step, in any regions. */
export interface MemberGroup extends AccountGroup {
  /** AWS's word, for example `CREATE_FAILED`. */
  readonly status: string;
  /** AWS's error code. */
  readonly errorCode?: string;
  /** AWS's error text, sanitized. Without `isVerbatim`, `<accountId>` in it stands for each account's own id. */
  readonly errorMessage?: string;
  /** Set when AWS itself wrote `<accountId>`. */
  readonly isVerbatim?: true;
  /** The next step for a failure: one or more sentences. Only in `failedGroups`. */
  readonly nextStep?: string;
  /** The earliest time at which AWS changed one of the rows: ISO 8601, UTC. Absent when AWS gave no time. */
  readonly since?: string;
  /** By region, the name that the pack has inside the accounts. */
  readonly conformancePackNames: Readonly<Record<string, string>>;
  /**
   * For each row, separated by spaces: the milliseconds since `since` in base 36, or `-` where AWS gave no time. The
   * rows are in the order of `accountIds`, the regions in ascending order.
   */
  readonly times: string;
}

/**
 * Groups rows. Rows whose pack has another name than the region's first row get a group of their own.
 *
 * @param nextStepOf - The next step for a row. Default: none.
 */
export function groupMembers(
  members: readonly MemberStatus[],
  nextStepOf: (member: MemberStatus) => string | undefined = () => undefined,
): MemberGroup[] {
  const usualNames = new Map<string, string>();
  const groups = groupBy(members, (member) => {
    const { conformancePackName: name, region } = member;
    if (!usualNames.has(region)) usualNames.set(region, name);
    return JSON.stringify([
      member.status,
      member.errorCode,
      messageTemplate(member) ?? [member.errorMessage],
      usualNames.get(region) === name ? null : name,
      nextStepOf(member),
    ]);
  });
  return [...groups.values()].map((rows) => memberGroup(rows, nextStepOf));
}

/** The rows of a group, region after region. */
export function ungroupMembers(group: MemberGroup): MemberStatus[] {
  const { conformancePackNames, errorCode, errorMessage, isVerbatim, since = "", status } = group;
  const times = group.times.split(" ");
  return placesOf(group).map((place, index) => {
    const offset = times[index] ?? "-";
    return {
      ...place,
      conformancePackName: conformancePackNames[place.region] ?? "",
      status,
      ...(errorCode !== undefined && { errorCode }),
      ...(errorMessage !== undefined && {
        errorMessage: isVerbatim ? errorMessage : fillTemplate(errorMessage, place.accountId),
      }),
      ...(offset !== "-" && { lastUpdateTime: new Date(Date.parse(since) + parseInt(offset, 36)).toISOString() }),
    };
  });
}

/** The group without its times: the part that a program or a policy compares. */
export function withoutTimes(group: MemberGroup): object {
  return { ...group, since: undefined, times: undefined };
}

function memberGroup(
  rows: readonly [MemberStatus, ...MemberStatus[]],
  nextStepOf: (member: MemberStatus) => string | undefined,
): MemberGroup {
  const [first] = rows;
  const { errorCode, errorMessage, status } = first;
  const nextStep = nextStepOf(first);
  const template = messageTemplate(first);
  const { group, places } = accountGroup(rows);
  const [since] = rows.flatMap(({ lastUpdateTime }) => lastUpdateTime ?? []).sort();
  return {
    status,
    ...(errorCode !== undefined && { errorCode }),
    ...(errorMessage !== undefined && { errorMessage: template ?? errorMessage }),
    ...(template === undefined && errorMessage?.includes("<accountId>") && { isVerbatim: true as const }),
    ...(nextStep !== undefined && { nextStep }),
    ...(since !== undefined && { since }),
    conformancePackNames: Object.fromEntries(
      places.map(({ conformancePackName, region }) => [region, conformancePackName]),
    ),
    ...group,
    times: places
      .map(({ lastUpdateTime: time }) =>
        time === undefined ? "-" : (Date.parse(time) - Date.parse(since ?? "")).toString(36),
      )
      .join(" "),
  };
}
