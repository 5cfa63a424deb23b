import { bySeverity } from "./detailedStatus";

/**
 * AWS's status of a whole organization conformance pack in one region.
 *
 * AWS source: `OrganizationConformancePackStatus` of `DescribeOrganizationConformancePackStatuses`.
 */
export interface AggregateStatus {
  /** The status as AWS returns it. A value that AWS adds later is kept as it is, and never counts as a success. */
  readonly status: string;
  /** AWS's error code, set when the status is a failure. */
  readonly errorCode?: string;
  /** AWS's error text, set when the status is a failure; sanitized. */
  readonly errorMessage?: string;
  /** The time of AWS's last change: while it is in progress, the time at which the pack was put. ISO 8601, UTC. */
  readonly lastUpdateTime?: string;
}

/** The worst of the regions' aggregates, as the property of a status; none unless every region gave one. */
export function worstAggregate(regionStatuses: readonly { readonly aggregate?: AggregateStatus }[]): {
  readonly aggregate?: AggregateStatus;
} {
  const aggregates = regionStatuses.flatMap(({ aggregate }) => aggregate ?? []);
  const [worst] = aggregates.toSorted((a, b) => bySeverity(b.status, a.status));
  return worst && aggregates.length === regionStatuses.length ? { aggregate: worst } : {};
}
