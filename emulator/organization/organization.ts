import type { EmulatedAccount, EmulatedOrganization, EmulatedOrganizationalUnit } from "./emulatedOrganization";
import { managementAccountId } from "./managementAccount";
import type { Packs } from "./packs";

/** The id of the organization's one root. */
export const rootId = "r-root";

/** The accounts of the organization, and which of them may ask about all of it. */
export class Organization {
  readonly #packs: Packs;
  #given: EmulatedOrganization | undefined;

  /** @param given - Default: the management account and the accounts that have a pack. */
  constructor(packs: Packs, given: EmulatedOrganization | undefined) {
    this.#packs = packs;
    this.#given = given;
  }

  set(organization: EmulatedOrganization): void {
    this.#given = organization;
  }

  get accounts(): readonly EmulatedAccount[] {
    if (this.#given) return this.#given.accounts;
    const ids = new Set(this.#packs.accountIds);
    ids.delete(managementAccountId);
    return [{ id: managementAccountId, name: "management" }, ...[...ids].map((id) => ({ id }))];
  }

  /** The tags of an account, by key; none of the root and of organizational units. `undefined` if there is no such thing. */
  tagsOf(id: string): Readonly<Record<string, string>> | undefined {
    const account = this.accounts.find((each) => each.id === id);
    return account ? (account.tags ?? {}) : this.hasParent(id) ? {} : undefined;
  }

  /** True for the root and for every organizational unit. */
  hasParent(id: string): boolean {
    return id === rootId || this.#units.some((unit) => unit.id === id);
  }

  /** The organizational units directly in a parent. */
  unitsIn(parentId: string): readonly EmulatedOrganizationalUnit[] {
    return this.#units.filter((unit) => (unit.parentId ?? rootId) === parentId);
  }

  /** The accounts directly in a parent. */
  accountsIn(parentId: string): readonly EmulatedAccount[] {
    return this.accounts.filter((account) => (account.parentId ?? rootId) === parentId);
  }

  get #units(): readonly EmulatedOrganizationalUnit[] {
    return this.#given?.organizationalUnits ?? [];
  }

  /** The delegated administrators of AWS Config. */
  get delegatedAdministrators(): readonly EmulatedAccount[] {
    const accounts = new Map(this.accounts.map((account) => [account.id, account]));
    return (this.#given?.delegatedAdministrators ?? []).map((id) => accounts.get(id) ?? { id });
  }

  /** True for an account that may act for the organization; for every account if no organization was given. */
  admits(accountId: string): boolean {
    if (!this.#given || accountId === managementAccountId) return true;
    return this.#given.delegatedAdministrators?.includes(accountId) ?? false;
  }

  /** True for a member of the organization. */
  has(accountId: string): boolean {
    return this.admits(accountId) || (this.#given?.accounts.some(({ id }) => id === accountId) ?? false);
  }
}
