import type { FoundStatus } from "../../core/statusFile/statusFile";

/** All that a status file says of one account in one region. */
export interface KnownPlace {
  member?: FoundStatus["members"][number];
  missing?: FoundStatus["missing"][number];
  /** The cause for which its row is unexpected. */
  unexpected?: string;
  isStuck?: true;
  /** Set when AWS has not updated it yet, and the gate waits for that. */
  isOutdated?: true;
  /** Places in the status file's `causes`. */
  readonly causes: number[];
}

/** An account, and what is known of it in each region. */
export interface KnownAccount {
  readonly id: string;
  name: string;
  readonly places: Map<string, KnownPlace>;
}

/** Gathers what the parts of a status file say of each account. */
export function knownAccounts({ causes, members, missing, stuck, unexpected }: FoundStatus): readonly KnownAccount[] {
  const accounts = new Map<string, KnownAccount>();
  const at = (id: string, region: string, name = ""): KnownPlace => {
    let account = accounts.get(id);
    if (!account) accounts.set(id, (account = { id, name, places: new Map() }));
    account.name ||= name;
    let place = account.places.get(region);
    if (!place) account.places.set(region, (place = { causes: [] }));
    return place;
  };
  for (const member of members) at(member.accountId, member.region, member.accountName).member = member;
  for (const account of missing) at(account.accountId, account.region, account.accountName).missing = account;
  for (const { accountId, region } of stuck) at(accountId, region).isStuck = true;
  for (const { accountId, cause, region } of unexpected) at(accountId, region).unexpected = cause;
  causes.forEach(({ accounts: affected, kind }, index) => {
    for (const { accountId, accountName, regions } of affected) {
      for (const region of regions) {
        const place = at(accountId, region, accountName);
        place.causes.push(index);
        if (kind === "outdated") place.isOutdated = true;
      }
    }
  });
  return [...accounts.values()];
}
