/** One account of the organization. */
export interface OrganizationAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** Sanitized. */
  readonly accountName?: string;
  /**
   * Whether it takes part: by `State` where AWS gives that, else by `Status`. Only the words that AWS documents for an
   * account that does not take part count as such.
   */
  readonly isActive: boolean;
}

/** The accounts of an AWS Organization. */
export interface Organization {
  readonly accounts: ReadonlyMap<string, OrganizationAccount>;
  /** Read from the accounts' ARNs. */
  readonly managementAccountId?: string;
}
