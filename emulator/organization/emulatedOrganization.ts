/** An account of the organization, as `ListAccounts` shows it. It is active unless it says otherwise. */
export interface EmulatedAccount {
  /** 12 digits. */
  readonly id: string;
  /** Default `account-<id>`. */
  readonly name?: string;
  /** AWS's `AccountState`, for example `SUSPENDED` or `CLOSED`. Without `status`, `Status` follows from it. */
  readonly state?: string;
  /** AWS's older `AccountStatus`. Without `state`, answers have no `State`, as before AWS introduced it. */
  readonly status?: string;
}

/** The organization of the emulator's packs. */
export interface EmulatedOrganization {
  /** All accounts, including the management account: the emulator adds none. */
  readonly accounts: readonly EmulatedAccount[];
  /** The ids of the accounts that are registered for `config-multiaccountsetup.amazonaws.com`. Default: none. */
  readonly delegatedAdministrators?: readonly string[];
}
