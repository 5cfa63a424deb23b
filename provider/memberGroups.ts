import { fillTemplate, messageTemplate } from "../core/gate/messageTemplate";
import type { MemberStatus } from "../core/status/memberStatus";
import { type AccountGroup, accountGroup, placesOf } from "./accountGroup";

/** Rows with the same status and the same error, in any regions. */
export interface MemberGroup extends AccountGroup {
  /** AWS's word. */
  readonly status: string;
  /** AWS's error code. */
  readonly errorCode?: string;
  /** AWS's error text. Without `isVerbatim`, `<accountId>` in it stands for each account's own id. */
  readonly errorMessage?: string;
  /** Set when AWS itself wrote `<accountId>`. */
  readonly isVerbatim?: true;
  /** What to do about a failure. */
  readonly nextStep?: string;
  /** The earliest time at which AWS changed one of the rows: ISO 8601, UTC. */
  readonly since?: string;
  /** By region, the name that the pack has inside the accounts. */
  readonly conformancePackNames: Readonly<Record<string, string>>;
  /** For each row, in the order of `accountIds`: milliseconds since `since` in base 36, or `-`. */
  readonly times: string;
}

/**
 * Groups rows. Those whose pack has another name than usual in the region get a group of their own.
 *
 * @param nextStepOf - What to do about a row, where that is to be said.
 */
export function groupMembers(
  members: readonly MemberStatus[],
  nextStepOf: (member: MemberStatus) => string | undefined = () => undefined,
): MemberGroup[] {
  const usualNames = new Map<string, string>();
  const groups = new Map<string, MemberStatus[]>();
  for (const member of members) {
    const { conformancePackName: name, region } = member;
    if (!usualNames.has(region)) usualNames.set(region, name);
    const key = JSON.stringify([
      member.status,
      member.errorCode,
      messageTemplate(member) ?? [member.errorMessage],
      usualNames.get(region) === name ? "" : name,
      nextStepOf(member),
    ]);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
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

/** The group without its times: what must be equal for nothing to have changed. */
export function withoutTimes({ since: _since, times: _times, ...group }: MemberGroup): object {
  return group;
}

function memberGroup(
  rows: readonly MemberStatus[],
  nextStepOf: (member: MemberStatus) => string | undefined,
): MemberGroup {
  const [first] = rows as [MemberStatus, ...MemberStatus[]];
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
