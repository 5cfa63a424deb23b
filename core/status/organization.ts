/** One account of the organization. */
export interface OrganizationAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** Sanitized. */
  readonly accountName?: string;
  /**
   * False for an account that AWS documents as closed, suspended or not activated yet: by `State` where AWS gives it,
   * otherwise by `Status`.
   */
  readonly isActive: boolean;
}

/** The accounts of an AWS Organization. */
export interface Organization {
  readonly accounts: ReadonlyMap<string, OrganizationAccount>;
  /** Read from the accounts' ARNs. */
  readonly managementAccountId?: string;
}
