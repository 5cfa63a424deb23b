import type { OrganizationResourceDetailedStatus } from "./detailedStatus";
import type { AssumeRole } from "../aws/settings";
import type { Judgement } from "./judgement";

/** The pack to look up, and the limits of the lookup. */
export interface PackStatusArgs {
  /** The organization conformance pack's name: 1 to 128 of `[a-zA-Z][-a-zA-Z0-9]*`. */
  readonly name: string;
  /**
   * The regions to ask. Default: the one configured (`aws:region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, the
   * profile's).
   */
  readonly regions?: readonly string[];
  /**
   * Judge these accounts only, 12 digits each. One is AWS's own filter; several are picked from all rows
   * here. An account that is listed and has no row is missing.
   */
  readonly accountIds?: readonly string[];
  /**
   * Gather only the rows that have one of these statuses. One is AWS's own filter; several are concurrent
   * filtered readings. Nothing is known of the other rows, so the verdict is never `PASSED`.
   */
  readonly statuses?: readonly OrganizationResourceDetailedStatus[];
  /**
   * The accounts that must be members in every region: one without a row makes the verdict `INCOMPLETE`. A list, 12
   * digits each; or `organization`: the active accounts of AWS Organizations, except for the pack's `ExcludedAccounts`
   * and `excludedAccounts`. The management account may then be a member or not. That needs
   * `organizations:ListAccounts` and `config:DescribeOrganizationConformancePacks`.
   */
  readonly expectedAccounts?: readonly string[] | "organization";
  /** With `expectedAccounts: "organization"`: accounts that are not expected, 12 digits each. */
  readonly excludedAccounts?: readonly string[];
  /**
   * Judge AWS's status of the whole pack as well as the rows. Default `true`; `false` is for callers without
   * `config:DescribeOrganizationConformancePackStatuses`, and lets a pack pass whose update has not reached the rows.
   */
  readonly aggregate?: boolean;
  /** A row that is in progress for longer is stuck. Default: none is. */
  readonly stuckAfterMinutes?: number;
  /** A role to assume for this lookup, after those of `aws:assumeRoles`. */
  readonly assumeRole?: AssumeRole;
  /**
   * The rows to gather: `all`, or `unsuccessful`, those that are failed or in progress. The latter takes two round
   * trips where `all` takes one for each hundred accounts, and relies on the aggregate for all others: it can pass, but
   * accounts without a row stay unknown. Default `all`.
   */
  readonly detail?: "all" | "unsuccessful";
  /** Rows a page, 1 to 100. Default 100, AWS's maximum. */
  readonly pageSize?: number;
  /**
   * The most pages of one reading. Default 200,000 rows' worth: four times the largest organization AWS
   * grants, and an end to an endless reading.
   */
  readonly maxPages?: number;
  /** The number of regions that are read at the same time, 1 to 50. Default 20: each has its own endpoint and its own quota. */
  readonly maxConcurrentRegions?: number;
  /**
   * The most attempts of one request, 1 to 100; the SDK backs off between them. Default: `aws:maxRetries` + 1,
   * else 10, which rides out about a minute of throttling.
   */
  readonly maxAttempts?: number;
  /** Seconds for one attempt of one request. Default 15: a full page takes well under one. */
  readonly requestTimeoutSeconds?: number;
  /**
   * Seconds for the whole lookup. Default 300: 10,000 accounts are 100 pages, one after the other, and a preview
   * that takes longer should end with a reason.
   */
  readonly timeoutSeconds?: number;
}

/** All member statuses of one organization conformance pack, and the judgement on them. */
export interface PackStatus extends Judgement {
  /** The organization conformance pack's name. */
  readonly name: string;
  /** The regions that were asked. */
  readonly regions: readonly string[];
}
