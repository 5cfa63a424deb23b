import { organizationResourceDetailedStatuses } from "../../../core/status/detailedStatus";
import { judge } from "../../../core/status/judge";
import { byOutcome, countsOf } from "../../../core/status/memberCounts";
import { all, rows } from "../../builders/members";
import { inRegions } from "../../builders/packStatus";

test("every documented status counts as one outcome", () => {
  expect(countsOf(byOutcome(rows(...organizationResourceDetailedStatuses)))).toEqual({
    total: 9,
    successful: 2,
    failed: 3,
    inProgress: 3,
    deleted: 1,
    unrecognized: 0,
  });
});

test("rows are counted by region and over all regions", () => {
  const { counts, regionStatuses } = judge({
    regions: inRegions("us-east-1", "eu-west-1"),
    members: [
      ...rows("CREATE_SUCCESSFUL", "CREATE_FAILED", "CREATE_FAILED", "DELETE_SUCCESSFUL"),
      ...all(rows("UPDATE_IN_PROGRESS", "CREATE_PAUSED"), { region: "eu-west-1" }),
    ],
  });
  expect(counts).toEqual({ total: 6, successful: 1, failed: 2, inProgress: 1, deleted: 1, unrecognized: 1 });
  expect(regionStatuses).toEqual([
    {
      region: "us-east-1",
      counts: { total: 4, successful: 1, failed: 2, inProgress: 0, deleted: 1, unrecognized: 0 },
    },
    {
      region: "eu-west-1",
      counts: { total: 2, successful: 0, failed: 0, inProgress: 1, deleted: 0, unrecognized: 1 },
    },
  ]);
});
