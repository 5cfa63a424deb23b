import { outcomeOf } from "./detailedStatus";
import type { RegionEvidence } from "./evidence";
import type { UnexpectedCause } from "./expectation";
import type { MemberStatus } from "./memberStatus";

/** A row of an account that should have none. */
export interface UnexpectedMember extends MemberStatus {
  /**
   * `notListed`: it is not in `expectedAccounts`. `notInOrganization`, `notActive`: according to AWS Organizations.
   * `excluded`: it is in the pack's `ExcludedAccounts`, or in `excludedAccounts`.
   */
  readonly cause: UnexpectedCause;
}

/** The rows in a region of accounts that should have none there, former members left out. */
export function unexpectedMembers(
  { expectation }: RegionEvidence,
  members: readonly MemberStatus[],
): UnexpectedMember[] {
  if (!expectation) return [];
  const { optional, otherwise, required, unexpected } = expectation;
  return members.flatMap((member) => {
    const { accountId, status } = member;
    if (required.has(accountId) || optional.has(accountId) || outcomeOf(status) === "deleted") return [];
    const cause = unexpected.get(accountId) ?? otherwise;
    return cause === undefined ? [] : [{ ...member, cause }];
  });
}
