import type { Organization } from "./organization";

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
  /** Why an account that is in none of these must not be a member. */
  readonly otherwise: UnexpectedCause;
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
