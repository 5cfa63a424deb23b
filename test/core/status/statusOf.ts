import { expectListed } from "../../../core/status/expectation";
import { byAccountThenRegion } from "../../../core/status/place";
import type { MemberStatus } from "../../../core/status/memberStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { Evidence } from "../../../core/status/evidence";
import { judge } from "../../../core/status/judge";

/** What a status is made of, beside its rows. */
export interface Others extends Partial<Omit<Evidence, "members">> {
  /** In every region that does not say otherwise. */
  readonly expected?: readonly string[];
  /** In every region that does not say otherwise. */
  readonly aggregate?: string;
}

/** A status of the pack `baseline` as a lookup would return it; of us-east-1, but for `others`. */
export function statusOf(
  members: readonly MemberStatus[],
  { aggregate, expected, regions = [{ region: "us-east-1" }], ...others }: Others = {},
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
    members: sorted,
  };
}
