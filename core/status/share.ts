import { outcomeOf } from "./detailedStatus";
import type { MemberStatus } from "./memberStatus";
import { accountCount, type Place } from "./place";
import type { Share } from "./reasons";

/** The share of all member accounts that `places` are. */
export function shareOf(
  places: readonly Place[],
  {
    members,
    regions,
    isPartial,
  }: {
    readonly members: readonly MemberStatus[];
    readonly regions: readonly unknown[];
    /** Set when there may be rows that are not among the members. */
    readonly isPartial: boolean;
  },
): Share {
  return {
    accounts: accountCount(places),
    ...(!isPartial && { of: accountCount(members.filter(({ status }) => outcomeOf(status) !== "deleted")) }),
    regions: new Set(places.map(({ region }) => region)).size,
    ofRegions: regions.length,
  };
}
