import { groupBy } from "./groupBy";

/** An owner, and those accounts of a status that are in trouble and belong to it. */
export interface AccountOwner {
  /** The value of the accounts' tag, sanitized. */
  readonly owner: string;
  /** Accounts that a cause or a message names, 12 digits each, sorted. */
  readonly accountIds: readonly string[];
}

/** The owners of accounts in trouble, by a tag of the accounts in AWS Organizations. */
export interface AccountOwners {
  /** Sorted by owner. Accounts without the tag are in none of them. */
  readonly owners: readonly AccountOwner[];
  /** Why accounts may have no owner here, although they have the tag: one or more sentences. */
  readonly warning?: string;
}

/** The owner of each account that has one. */
export function ownersById({ owners }: AccountOwners = { owners: [] }): ReadonlyMap<string, string> {
  return new Map(owners.flatMap(({ accountIds, owner }) => accountIds.map((accountId) => [accountId, owner])));
}

/** An entry for each owner. */
export function byOwner(ownerOf: ReadonlyMap<string, string>): AccountOwner[] {
  return [...groupBy([...ownerOf], ([, owner]) => owner)]
    .map(([owner, accounts]) => ({ owner, accountIds: accounts.map(([accountId]) => accountId).sort() }))
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
}

/** Why accounts may be without their owner. */
export function ownersWarning({ warning }: AccountOwners = { owners: [] }): readonly string[] {
  return warning === undefined ? [] : [warning];
}
