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
  /** The id of the organizational unit that it is in. Default: the root. */
  readonly parentId?: string;
  /** Its tags, by key. Default: none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** An organizational unit. */
export interface EmulatedOrganizationalUnit {
  /** For example `ou-root-workloads`. */
  readonly id: string;
  /** Default: its id. */
  readonly name?: string;
  /** The organizational unit that it is in. Default: the root. */
  readonly parentId?: string;
}

/** The organization of the emulator's packs. */
export interface EmulatedOrganization {
  /** All accounts, including the management account: the emulator adds none. */
  readonly accounts: readonly EmulatedAccount[];
  /** The organizational units below the root, whose id is `r-root`. Default: none. */
  readonly organizationalUnits?: readonly EmulatedOrganizationalUnit[];
  /** The ids of the accounts that are registered for `config-multiaccountsetup.amazonaws.com`. Default: none. */
  readonly delegatedAdministrators?: readonly string[];
}
