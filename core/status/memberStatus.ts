/** The nine values of AWS Config's `OrganizationResourceDetailedStatus`. */
export const organizationResourceDetailedStatuses = [
  "CREATE_SUCCESSFUL",
  "CREATE_IN_PROGRESS",
  "CREATE_FAILED",
  "UPDATE_SUCCESSFUL",
  "UPDATE_IN_PROGRESS",
  "UPDATE_FAILED",
  "DELETE_SUCCESSFUL",
  "DELETE_IN_PROGRESS",
  "DELETE_FAILED",
] as const;

/** A status that AWS Config documents for one member account. */
export type OrganizationResourceDetailedStatus = (typeof organizationResourceDetailedStatuses)[number];

/**
 * One row: how an organization conformance pack stands in one account of one region.
 *
 * AWS source: `OrganizationConformancePackDetailedStatus` of
 * `GetOrganizationConformancePackDetailedStatus`.
 */
export interface MemberStatus {
  /** The 12 digits of the member account. */
  readonly accountId: string;
  /** The account's name in AWS Organizations, where that was asked; made `harmless` where it was read. */
  readonly accountName?: string;
  /** The region that was asked, for example `us-east-1`. */
  readonly region: string;
  /** The name that the pack has inside the member account, for example `OrgConformsPack-baseline-1a2b3c`. */
  readonly conformancePackName: string;
  /** AWS's word. A value that AWS adds in future is kept as it came, and is never taken for a success. */
  readonly status: OrganizationResourceDetailedStatus | (string & {});
  /** AWS's error code, set when the status is a failure. */
  readonly errorCode?: string;
  /** AWS's error text, set when the status is a failure; made `harmless` where it was read. */
  readonly errorMessage?: string;
  /** When AWS last changed the row: ISO 8601, UTC; absent where AWS gives none, or one in the future. */
  readonly lastUpdateTime?: string;
}

/** What a status means for the account. `deleted` is a former member: neither a success nor a failure. */
export type MemberOutcome = "failed" | "inProgress" | "unrecognized" | "deleted" | "successful";

const outcomes: Readonly<Record<OrganizationResourceDetailedStatus, MemberOutcome>> = {
  CREATE_SUCCESSFUL: "successful",
  CREATE_IN_PROGRESS: "inProgress",
  CREATE_FAILED: "failed",
  UPDATE_SUCCESSFUL: "successful",
  UPDATE_IN_PROGRESS: "inProgress",
  UPDATE_FAILED: "failed",
  DELETE_SUCCESSFUL: "deleted",
  DELETE_IN_PROGRESS: "inProgress",
  DELETE_FAILED: "failed",
};

// Asked several times for each of 10,000 rows.
const outcomeByStatus: ReadonlyMap<string, MemberOutcome> = new Map(Object.entries(outcomes));

/** What `status` means. A status that this package does not know is `unrecognized`. */
export function outcomeOf(status: string): MemberOutcome {
  return outcomeByStatus.get(status) ?? "unrecognized";
}

/** The statuses that are a failure or in progress. */
export const unsuccessfulStatuses: readonly OrganizationResourceDetailedStatus[] =
  organizationResourceDetailedStatuses.filter((status) => ["failed", "inProgress"].includes(outcomes[status]));

const severity: readonly MemberOutcome[] = ["successful", "deleted", "unrecognized", "inProgress", "failed"];

/** How far status `a` is from a success, compared with `b`: above 0 when `a` is worse. */
export function bySeverity(a: string, b: string): number {
  return severity.indexOf(outcomeOf(a)) - severity.indexOf(outcomeOf(b));
}

/** What tells a row from all others of a pack. */
export function rowKey({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}

/** The order of `members`: by account, then by region. */
export function byAccountThenRegion(
  a: { readonly accountId: string; readonly region: string },
  b: { readonly accountId: string; readonly region: string },
): number {
  // Plain code-unit order: digits and region names need no locale, and a collator is many times slower.
  if (a.accountId !== b.accountId) return a.accountId < b.accountId ? -1 : 1;
  return a.region === b.region ? 0 : a.region < b.region ? -1 : 1;
}
