import type { UnitTable } from "./organizationalUnit";

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

/** An account, and the organizational unit or root that it is in. */
export interface TreeAccount extends OrganizationAccount {
  readonly parentId: string;
}

/** A part of the organization's tree: the units that were read, and the accounts in them. */
export interface OrganizationTree {
  readonly units: UnitTable;
  readonly accounts: ReadonlyMap<string, TreeAccount>;
  /** Read from the accounts' ARNs. */
  readonly managementAccountId?: string;
}
