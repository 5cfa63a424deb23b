import type { Organization } from "./organization";

/** The reason why an account should have no row. */
export type UnexpectedCause = "notListed" | "notInOrganization" | "notActive" | "excluded";

/** The accounts that must, may and must not be members of a pack in one region. */
export interface Expectation {
  /** Accounts that must be members. */
  readonly required: ReadonlySet<string>;
  /** Accounts that may be members: the management account, which AWS includes when it can. */
  readonly optional: ReadonlySet<string>;
  /** Accounts that must not be members, with the cause. */
  readonly unexpected: ReadonlyMap<string, UnexpectedCause>;
  /** The cause for any other account. */
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
 * Expects the active accounts of the organization, except for the excluded ones.
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
