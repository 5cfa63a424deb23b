import { bySeverity, outcomeOf, unsuccessfulStatuses } from "../../../core/status/detailedStatus";

test("statuses that are failed or in progress are unsuccessful, and no others", () => {
  expect([...unsuccessfulStatuses].sort()).toEqual([
    "CREATE_FAILED",
    "CREATE_IN_PROGRESS",
    "DELETE_FAILED",
    "DELETE_IN_PROGRESS",
    "UPDATE_FAILED",
    "UPDATE_IN_PROGRESS",
  ]);
});

test("severity rises from a success over former members and unknown statuses to a failure", () => {
  const worse = ["CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL", "CREATE_PAUSED", "UPDATE_IN_PROGRESS", "DELETE_FAILED"];
  expect(worse.toReversed().sort(bySeverity)).toEqual(worse);
  expect(bySeverity("CREATE_FAILED", "DELETE_FAILED")).toBe(0);
});

test.each(["CREATE_PAUSED", "create_successful", "CREATE_SUCCESSFUL ", "constructor", "__proto__", ""])(
  "the status %j is unrecognized",
  (status) => {
    expect(outcomeOf(status)).toBe("unrecognized");
  },
);
