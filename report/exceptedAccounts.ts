import { ownersById } from "../core/status/accountOwner";
import { groupBy } from "../core/status/groupBy";
import { lastMoment } from "../core/gate/expiry";
import type { FoundStatus } from "../core/statusFile/statusFile";
import { isExcepted } from "./isExcepted";
import { counted } from "./numbers";

/** An account whose trouble is excepted for one reason. */
export interface Excepted {
  readonly accountId: string;
  readonly accountName: string | undefined;
  /** Who owns the account, where the lookup read it. */
  readonly owner: string | undefined;
  readonly regions: readonly string[];
  readonly reason: string;
  /** The last day, as `YYYY-MM-DD`. */
  readonly expires: string | undefined;
  /** The days until its end, where it is less than two weeks. */
  readonly endsInDays: number | undefined;
}

const day = 86_400_000;
const soon = 14 * day;

/** The exceptions that apply, those that end first in front. */
export function exceptedAccounts({ accountOwners, members, missing }: FoundStatus, now: Date): readonly Excepted[] {
  const owners = ownersById(accountOwners);
  const places = [...members, ...missing].flatMap(({ accountId, accountName, region, tolerated }) =>
    isExcepted(tolerated) ? [{ accountId, accountName, region, tolerated }] : [],
  );
  const groups = groupBy(places, ({ accountId, tolerated }) => JSON.stringify([accountId, tolerated]));
  return [...groups.values()]
    .map((group): Excepted => {
      const [{ accountId, accountName, tolerated }] = group;
      const left = tolerated.expires === undefined ? undefined : (lastMoment(tolerated.expires) ?? 0) - now.getTime();
      return {
        accountId,
        accountName,
        owner: owners.get(accountId),
        regions: [...new Set(group.map(({ region }) => region))].sort(),
        reason: tolerated.reason ?? "",
        expires: tolerated.expires,
        endsInDays: left !== undefined && left >= 0 && left < soon ? Math.floor(left / day) : undefined,
      };
    })
    .sort((a, b) => ((a.expires ?? "9") < (b.expires ?? "9") ? -1 : 1));
}

/** `until 2027-03-31`, and when that is soon. */
export function untilOf({ endsInDays, expires }: Excepted): string {
  if (expires === undefined) return "without an end";
  return `until ${expires}${endsInDays === undefined ? "" : `, ${endsIn(endsInDays)}`}`;
}

/** `ends in 9 days` */
export function endsIn(days: number): string {
  return days === 0 ? "ends today" : `ends in ${counted(days, "day")}`;
}

/** The sentences on what is allowed or excepted, without those for accounts, which the exceptions say. */
export function otherTolerated({ decision }: FoundStatus, excepted: readonly Excepted[]): readonly string[] {
  const ids = new Set(excepted.map(({ accountId }) => accountId));
  return decision.tolerated.filter((sentence) => !ids.has(/^Account (\S+) is /.exec(sentence)?.[1] ?? ""));
}
