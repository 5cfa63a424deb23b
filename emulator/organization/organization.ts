import type { EmulatedAccount, EmulatedOrganization } from "./emulatedOrganization";
import { managementAccountId } from "./managementAccount";
import type { Packs } from "./packs";

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
