import type { Evidence, RegionEvidence } from "./evidence";
import type { MemberStatus } from "./memberStatus";
import type { Place } from "./place";

/** An expected account that is not a member. */
export interface MissingAccount extends Place {
  /** `noRow`: AWS shows no row for it. `deleting`, `deleted`: its row is `DELETE_IN_PROGRESS`, `DELETE_SUCCESSFUL`. */
  readonly cause: "noRow" | "deleting" | "deleted";
}

/** The accounts that are expected in a region and are not members there. */
export function missingAccounts(
  { expectation, region }: RegionEvidence,
  members: readonly MemberStatus[],
  { accountNames, onlyStatuses }: Evidence,
): MissingAccount[] {
  // With rows filtered out, no one is known to be missing.
  if (!expectation || onlyStatuses) return [];
  const statuses = new Map(members.map(({ accountId, status }) => [accountId, status]));
  const missing: MissingAccount[] = [];
  for (const accountId of expectation.required) {
    const status = statuses.get(accountId);
    // One that failed to leave is still there, and has failed.
    if (status !== undefined && status !== "DELETE_IN_PROGRESS" && status !== "DELETE_SUCCESSFUL") continue;
    const accountName = accountNames?.get(accountId);
    missing.push({
      accountId,
      ...(accountName !== undefined && { accountName }),
      region,
      cause: status === undefined ? "noRow" : status === "DELETE_SUCCESSFUL" ? "deleted" : "deleting",
    });
  }
  return missing;
}
