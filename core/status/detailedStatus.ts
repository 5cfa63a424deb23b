/** The meaning of a status for its account. `deleted` is a former member: neither a success nor a failure. */
export type MemberOutcome = "failed" | "inProgress" | "unrecognized" | "deleted" | "successful";

/** The nine values of AWS Config's `OrganizationResourceDetailedStatus`, and the meaning of each. */
const outcomes = {
  CREATE_SUCCESSFUL: "successful",
  CREATE_IN_PROGRESS: "inProgress",
  CREATE_FAILED: "failed",
  UPDATE_SUCCESSFUL: "successful",
  UPDATE_IN_PROGRESS: "inProgress",
  UPDATE_FAILED: "failed",
  DELETE_SUCCESSFUL: "deleted",
  DELETE_IN_PROGRESS: "inProgress",
  DELETE_FAILED: "failed",
} as const satisfies Readonly<Record<string, MemberOutcome>>;

/** A status that AWS Config documents for one member account. */
export type OrganizationResourceDetailedStatus = keyof typeof outcomes;

/** All of them. */
export const organizationResourceDetailedStatuses = Object.keys(
  outcomes,
) as readonly OrganizationResourceDetailedStatus[];

// Asked several times for each of 10,000 rows.
const outcomeByStatus: ReadonlyMap<string, MemberOutcome> = new Map(Object.entries(outcomes));

/** The meaning of `status`. A status that this package does not know is `unrecognized`. */
export function outcomeOf(status: string): MemberOutcome {
  return outcomeByStatus.get(status) ?? "unrecognized";
}

/** The statuses that are a failure or in progress. */
export const unsuccessfulStatuses = statusesThatAre("failed", "inProgress");

/** The statuses that are a failure. */
export const failedStatuses = statusesThatAre("failed");

/** The statuses of healthy members. */
export const successfulStatuses = statusesThatAre("successful");

function statusesThatAre(...wanted: readonly MemberOutcome[]): readonly OrganizationResourceDetailedStatus[] {
  return organizationResourceDetailedStatuses.filter((status) => wanted.includes(outcomes[status]));
}

const severity: readonly MemberOutcome[] = ["successful", "deleted", "unrecognized", "inProgress", "failed"];

/** Above 0 when status `a` is worse than `b`. */
export function bySeverity(a: string, b: string): number {
  return severity.indexOf(outcomeOf(a)) - severity.indexOf(outcomeOf(b));
}

/** True for a status of a deletion. */
export function isDeletion({ status }: { readonly status: string }): boolean {
  return status.startsWith("DELETE_");
}
