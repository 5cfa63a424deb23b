import type { Organization, OrganizationTree } from "./organization";
import { lineOf } from "./organizationalUnit";
import type { ExpectedUnits } from "./packStatusArgs";

/** The reason why an account should have no row. */
export type UnexpectedCause = "notListed" | "notInOrganization" | "notActive" | "excluded";

/** The accounts that must be members of a pack in one region. */
export interface Expectation {
  /** Accounts that must be members. */
  readonly required: ReadonlySet<string>;
  /** Accounts that may be members: the management account, which AWS includes when it can. */
  readonly optional: ReadonlySet<string>;
  /** Accounts that must not be members, and why. */
  readonly unexpected: ReadonlyMap<string, UnexpectedCause>;
  /** Why an account that is in none of these must not be a member; absent when it may be one. */
  readonly otherwise?: UnexpectedCause;
}

/** Expects exactly these accounts. */
export function expectListed(accountIds: readonly string[]): Expectation {
  return {
    required: new Set(accountIds),
    optional: new Set(),
    unexpected: new Map(),
    otherwise: "notListed",
  };
}

/**
 * The active accounts of the organization, without the excluded ones.
 *
 * @param excluded - The pack's own `ExcludedAccounts` in the region, and the caller's.
 */
export function expectOrganization(organization: Organization, excluded: readonly string[]): Expectation {
  const unexpected = new Map<string, UnexpectedCause>(excluded.map((accountId) => [accountId, "excluded"]));
  const required = new Set<string>();
  const optional = new Set<string>();
  for (const { accountId, isActive } of organization.accounts.values()) {
    if (unexpected.has(accountId)) continue;
    if (!isActive) unexpected.set(accountId, "notActive");
    else (accountId === organization.managementAccountId ? optional : required).add(accountId);
  }
  return { required, optional, unexpected, otherwise: "notInOrganization" };
}

/**
 * The active accounts of organizational units, without the excluded ones. A pack reaches the whole organization: accounts of
 * other units may be members.
 *
 * @param excluded - The pack's own `ExcludedAccounts` in the region, and the caller's.
 */
export function expectUnits(
  tree: OrganizationTree,
  { organizationalUnits, recursive = true }: ExpectedUnits,
  excluded: readonly string[],
): Expectation {
  const wanted = new Set(organizationalUnits);
  const inWanted = new Map<string, boolean>();
  const isWanted = (parentId: string): boolean => {
    const known = inWanted.get(parentId);
    if (known !== undefined) return known;
    const is = recursive ? [...lineOf(parentId, tree.units)].some(({ id }) => wanted.has(id)) : wanted.has(parentId);
    inWanted.set(parentId, is);
    return is;
  };
  const accounts = new Map([...tree.accounts].filter(([, { parentId }]) => isWanted(parentId)));
  const { managementAccountId } = tree;
  const { optional, required, unexpected } = expectOrganization(
    { accounts, ...(managementAccountId !== undefined && { managementAccountId }) },
    excluded,
  );
  return { required, optional, unexpected };
}
