import { expectListed } from "../../core/status/expectation";
import { byAccountThenRegion } from "../../core/status/place";
import type { MemberStatus } from "../../core/status/memberStatus";
import type { PackStatus } from "../../core/status/packStatus";
import type { Evidence, RegionEvidence } from "../../core/status/evidence";
import { judge } from "../../core/status/judge";
import { account } from "./members";

/** The evidence of a status, except for its rows. */
export interface Others extends Partial<Omit<Evidence, "members">> {
  /** The accounts that are expected in every region without an expectation of its own. */
  readonly expected?: readonly string[];
  /** The aggregate of every region without one of its own. */
  readonly aggregate?: string;
}

/** The status of the pack `baseline` as a lookup returns it; of us-east-1 by default. */
export function statusOf(
  members: readonly MemberStatus[],
  { aggregate, expected, regions = inRegions("us-east-1"), ...others }: Others = {},
): PackStatus {
  const sorted = members.toSorted(byAccountThenRegion);
  return {
    name: "baseline",
    regions: regions.map(({ region }) => region),
    ...judge({
      regions: regions.map((region) => ({
        ...(aggregate !== undefined && { aggregate: { status: aggregate } }),
        ...(expected && { expectation: expectListed(expected) }),
        ...region,
      })),
      members: sorted,
      ...others,
    }),
  };
}

/** These regions, of which nothing but the rows is known. */
export function inRegions(...regions: readonly string[]): RegionEvidence[] {
  return regions.map((region) => ({ region }));
}

/** us-east-1, where the accounts with these numbers are expected. */
export function expecting(...numbers: readonly number[]): RegionEvidence[] {
  return [{ region: "us-east-1", expectation: expectListed(numbers.map(account)) }];
}

/** us-east-1, and eu-west-1 without an answer: it refuses, unless that is an outage. */
export function withoutAnswer(code: "noSuchPack" | "regionUnanswered", isOutage = false): RegionEvidence[] {
  const failure = { code, message: "eu-west-1 says no.", nextStep: "Look there.", isOutage };
  return [...inRegions("us-east-1"), { region: "eu-west-1", failure }];
}
