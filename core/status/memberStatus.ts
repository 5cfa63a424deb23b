import type { OrganizationResourceDetailedStatus } from "./detailedStatus";
import type { Place } from "./place";

/**
 * One row: the status of an organization conformance pack in one account of one region.
 *
 * AWS source: `OrganizationConformancePackDetailedStatus` of `GetOrganizationConformancePackDetailedStatus`.
 */
export interface MemberStatus extends Place {
  /** The name that the pack has inside the member account, for example `OrgConformsPack-baseline-1a2b3c`. */
  readonly conformancePackName: string;
  /** The status as AWS returns it. A value that AWS adds later is kept as it is, and never counts as a success. */
  readonly status: OrganizationResourceDetailedStatus | (string & {});
  /** AWS's error code, set when the status is a failure. */
  readonly errorCode?: string;
  /** AWS's error text, set when the status is a failure; sanitized. */
  readonly errorMessage?: string;
  /** The time of AWS's last change: ISO 8601, UTC. */
  readonly lastUpdateTime?: string;
}
