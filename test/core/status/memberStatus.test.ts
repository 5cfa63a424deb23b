import { bySeverity, unsuccessfulStatuses } from "../../../core/status/detailedStatus";
import { byAccountThenRegion } from "../../../core/status/place";
import { account } from "../../builders/members";

test("what is failed or in progress is unsuccessful, and nothing else", () => {
  expect([...unsuccessfulStatuses].sort()).toEqual([
    "CREATE_FAILED",
    "CREATE_IN_PROGRESS",
    "DELETE_FAILED",
    "DELETE_IN_PROGRESS",
    "UPDATE_FAILED",
    "UPDATE_IN_PROGRESS",
  ]);
});

test("from a success to a failure, each is worse than the one before", () => {
  const worse = ["CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL", "CREATE_PAUSED", "UPDATE_IN_PROGRESS", "DELETE_FAILED"];
  expect(worse.toReversed().sort(bySeverity)).toEqual(worse);
  expect(bySeverity("CREATE_FAILED", "DELETE_FAILED")).toBe(0);
});

test("sorts by account, then region", () => {
  const sorted = [
    { accountId: account(2), region: "eu-west-1" },
    { accountId: account(10), region: "ap-south-1" },
    { accountId: account(10), region: "us-east-1" },
  ];
  const [first, second, third] = sorted as [(typeof sorted)[0], (typeof sorted)[0], (typeof sorted)[0]];
  expect([third, second, first].sort(byAccountThenRegion)).toEqual(sorted);
  expect([second, first, third].sort(byAccountThenRegion)).toEqual(sorted);
  expect(byAccountThenRegion(first, { ...first })).toBe(0);
});
