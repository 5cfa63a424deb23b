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
  const byRegion = new Map<string, T[]>();
  const names: Record<string, string> = {};
  for (const place of [...places].sort(byAccountThenRegion)) {
    const there = byRegion.get(place.region);
    if (there) there.push(place);
    else byRegion.set(place.region, [place]);
    if (place.accountName !== undefined) names[place.accountId] = place.accountName;
  }
  const regions = [...byRegion].sort(([a], [b]) => (a < b ? -1 : 1));
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
