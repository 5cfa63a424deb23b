import type { Packs } from "./packs";

/** An account of the organization, as `ListAccounts` shows it. It is active unless it says otherwise. */
export interface EmulatedAccount {
  /** 12 digits. */
  readonly id: string;
  /** Default `account-<id>`. */
  readonly name?: string;
  /**
   * AWS's `AccountState`, for example `SUSPENDED` or `CLOSED`. Without `status`, the `Status` that goes with it is
   * answered as well.
   */
  readonly state?: string;
  /** AWS's older `AccountStatus`. Without `state`, no `State` is answered, as endpoints did before there was one. */
  readonly status?: string;
}

/** The organization that the emulator's packs are rolled out in. */
export interface EmulatedOrganization {
  /** All of its accounts, the management account too: nothing is added. */
  readonly accounts: readonly EmulatedAccount[];
  /** The ids of the accounts that are registered for `config-multiaccountsetup.amazonaws.com`. Default: none. */
  readonly delegatedAdministrators?: readonly string[];
}

/** The account whose packs the emulator holds, and that calls unless a role was assumed. */
export const managementAccountId = "111111111111";

/** Who is in the organization, and who may ask about all of it. */
export class Organization {
  readonly #packs: Packs;
  #given: EmulatedOrganization | undefined;

  /** @param given - Without it, the organization is the management account and the accounts that have a pack. */
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

  /** The accounts that are delegated administrators of AWS Config. */
  get delegatedAdministrators(): readonly EmulatedAccount[] {
    const accounts = new Map(this.accounts.map((account) => [account.id, account]));
    return (this.#given?.delegatedAdministrators ?? []).map((id) => accounts.get(id) ?? { id });
  }

  /** Whether an account may act for the organization. One that nobody described refuses nobody. */
  admits(accountId: string): boolean {
    if (!this.#given || accountId === managementAccountId) return true;
    return this.#given.delegatedAdministrators?.includes(accountId) ?? false;
  }

  /** Whether an account is in the organization. */
  has(accountId: string): boolean {
    return this.admits(accountId) || (this.#given?.accounts.some(({ id }) => id === accountId) ?? false);
  }
}
