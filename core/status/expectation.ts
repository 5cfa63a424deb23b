import type { Organization } from "./organization";

/** Why a row is of an account that should have none. */
export type UnexpectedCause = "notListed" | "notInOrganization" | "notActive" | "excluded";

/** Which accounts must be members of a pack in one region. */
export interface Expectation {
  /** These must. */
  readonly required: ReadonlySet<string>;
  /** These may: the management account, which AWS counts in when it can. */
  readonly optional: ReadonlySet<string>;
  /** Why others must not. */
  readonly unexpected: ReadonlyMap<string, UnexpectedCause>;
  /** Why an account must not that stands nowhere here. */
  readonly otherwise: UnexpectedCause;
}

/** Exactly these accounts. */
export function expectListed(accountIds: readonly string[]): Expectation {
  return {
    required: new Set(accountIds),
    optional: new Set(),
    unexpected: new Map(),
    otherwise: "notListed",
  };
}

/**
 * The active accounts of the organization, but for the excluded ones.
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
