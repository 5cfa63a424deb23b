import { groupBy } from "../core/status/groupBy";
import { byAccountThenRegion, type Place } from "../core/status/place";

/** Accounts with something in common, region by region. */
export interface AccountGroup {
  /** By region, the accounts there: 12 digits each, in ascending order. */
  readonly accountIds: Readonly<Record<string, readonly string[]>>;
  /** By account id, the names that AWS Organizations gave, sanitized. Absent when there are none. */
  readonly accountNames?: Readonly<Record<string, string>>;
}

/** Groups places, and gives them in the order of the group: by region, then account. */
export function accountGroup<T extends Place>(places: readonly T[]): { group: AccountGroup; places: readonly T[] } {
  const sorted = [...places].sort(byAccountThenRegion);
  const names: Record<string, string> = {};
  for (const { accountId, accountName } of sorted) if (accountName !== undefined) names[accountId] = accountName;
  const regions = [...groupBy(sorted, ({ region }) => region)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    group: {
      accountIds: Object.fromEntries(
        regions.map(([region, there]) => [region, there.map(({ accountId }) => accountId)]),
      ),
      ...(Object.keys(names).length > 0 && { accountNames: names }),
    },
    places: regions.flatMap(([, there]) => there),
  };
}

/** The places of a group: by region, then account. */
export function placesOf({ accountIds, accountNames = {} }: AccountGroup): Place[] {
  return Object.entries(accountIds)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([region, ids]) =>
      ids.map((accountId) => {
        const accountName = accountNames[accountId];
        return { accountId, ...(accountName !== undefined && { accountName }), region };
      }),
    );
}
