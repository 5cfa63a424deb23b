import type { OrganizationResourceDetailedStatus } from "./detailedStatus";

/** A role that is assumed. */
export interface AssumeRole {
  /** The role's ARN. */
  readonly roleArn: string;
  /** The external id that the role asks for, 2 to 1224 characters. It is in no message. */
  readonly externalId?: string;
  /** The session's name, 2 to 64 characters. Default `pulumi-org-conformance`. */
  readonly sessionName?: string;
  /** The duration of the session, 900 to 43,200 seconds. Default 3,600. */
  readonly durationSeconds?: number;
}

/** Organizational units whose accounts must be members of a pack. */
export interface ExpectedUnits {
  /** Ids of organizational units, `ou-…`, and of roots, `r-…`. */
  readonly organizationalUnits: readonly string[];
  /** Expects accounts in units inside them too. Default `true`. */
  readonly recursive?: boolean;
}

/** Arguments of a lookup: the pack, and limits. */
export interface PackStatusArgs {
  /** The organization conformance pack's name: 1 to 128 of `[a-zA-Z][-a-zA-Z0-9]*`. */
  readonly name: string;
  /**
   * The regions to look the pack up in. Default: the configured one (`aws:region`, `AWS_REGION`, `AWS_DEFAULT_REGION`,
   * the profile's).
   */
  readonly regions?: readonly string[];
  /**
   * Judges only these accounts, 12 digits each. One is AWS's own filter; several are selected from all rows. A listed
   * account without a row is missing.
   */
  readonly accountIds?: readonly string[];
  /**
   * Gather only the rows that have one of these statuses. One is AWS's own filter; several are concurrent
   * filtered readings. Nothing is known of the other rows, so the verdict is never `PASSED`.
   */
  readonly statuses?: readonly OrganizationResourceDetailedStatus[];
  /**
   * The accounts that must be members in every region: one without a row makes the verdict `INCOMPLETE`. A list, 12
   * digits each; or `organization`: the active accounts of AWS Organizations, without the pack's `ExcludedAccounts`
   * and `excludedAccounts`. The management account may then be a member or not. That needs
   * `organizations:ListAccounts` and `config:DescribeOrganizationConformancePacks`. Or organizational units: the same for
   * their active accounts; others may be members or not.
   */
  readonly expectedAccounts?: readonly string[] | "organization" | ExpectedUnits;
  /** With `expectedAccounts` that AWS Organizations knows: accounts that are not expected, 12 digits each. */
  readonly excludedAccounts?: readonly string[];
  /**
   * Names, in reports, the organizational units that an account is in: `Workloads/Production`. That reads the whole tree.
   * Default `false`.
   */
  readonly accountPaths?: boolean;
  /**
   * The key of the tag of accounts, in AWS Organizations, that says who owns them. Reports name the owners of accounts in
   * trouble, at most 100. That needs `organizations:ListTagsForResource`; what can't be read is left out and changes no
   * verdict. Owners are personal data where they are persons. Default: no owner is read.
   */
  readonly ownerTag?: string;
  /**
   * Judges AWS's status of the whole pack too. Default `true`; `false` is for callers without
   * `config:DescribeOrganizationConformancePackStatuses`. A pack whose update has not reached the rows then passes.
   */
  readonly aggregate?: boolean;
  /** A row that is in progress for longer is stuck. Default: no row is. */
  readonly stuckAfterMinutes?: number;
  /** A role to assume for this lookup, after those of `aws:assumeRoles`. */
  readonly assumeRole?: AssumeRole;
  /**
   * Which rows to gather: `all`, or `unsuccessful`, those that are failed or in progress. The latter takes two round
   * trips where `all` takes one for each hundred accounts, and relies on AWS's status of the whole pack for the other
   * rows: it can pass, but accounts without a row are not found. Default `all`.
   */
  readonly detail?: "all" | "unsuccessful";
  /** Rows per page, 1 to 100. Default 100, AWS's maximum. */
  readonly pageSize?: number;
  /**
   * The most pages of one reading. Default: enough for 200,000 rows, four times the largest organization that AWS allows.
   * It ends a reading that would never end.
   */
  readonly maxPages?: number;
  /** The number of regions read at the same time, 1 to 50. Default 20: each has its own endpoint and its own quota. */
  readonly maxConcurrentRegions?: number;
  /**
   * The most attempts of one request, 1 to 100; the SDK backs off between them. Default: `aws:maxRetries` + 1, then
   * `AWS_MAX_ATTEMPTS`, then 10, which lasts through most of a minute of throttling.
   */
  readonly maxAttempts?: number;
  /** Seconds for one attempt of one request. Default 15: a full page takes well under one. */
  readonly requestTimeoutSeconds?: number;
  /**
   * Seconds for the whole lookup. Default 300: 10,000 accounts are 100 pages, one after the other. A preview that takes
   * longer should fail with a reason.
   */
  readonly timeoutSeconds?: number;
}
