/** An account in one region: each has one row. */
export interface Place {
  /** 12 digits. */
  readonly accountId: string;
  /** The account's name in AWS Organizations, if that was read; sanitized. */
  readonly accountName?: string;
  /** For example `us-east-1`. */
  readonly region: string;
}

/** A text that is the same for two rows only if they are of one account and region. */
export function placeKey({ accountId, region }: Place): string {
  return `${accountId} ${region}`;
}

/** The order of `members`: by account, then by region. */
export function byAccountThenRegion(a: Place, b: Place): number {
  // Plain code-unit order: digits and region names need no locale, and a collator is many times slower.
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return a.region === b.region ? 0 : a.region < b.region ? -1 : 1;
}

/** The number of different accounts. */
export function accountCount(places: Iterable<Place>): number {
  const ids = new Set<string>();
  for (const { accountId } of places) ids.add(accountId);
  return ids.size;
}
