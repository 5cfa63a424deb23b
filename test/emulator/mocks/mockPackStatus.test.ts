import { mockPackStatus, mockPackStatusState } from "../../../emulator";
import { decodeState } from "../../../provider/gateState";

test("a mocked status is one healthy account by default", () => {
  expect(mockPackStatus()).toEqual({
    name: "mocked",
    regions: ["us-east-1"],
    verdict: "PASSED",
    reasons: [],
    counts: { total: 1, successful: 1, failed: 0, inProgress: 0, deleted: 0, unrecognized: 0 },
    members: [
      {
        accountId: "111111111111",
        region: "us-east-1",
        conformancePackName: "OrgConformsPack-mocked-mocked00",
        status: "CREATE_SUCCESSFUL",
      },
    ],
    regionStatuses: [
      {
        region: "us-east-1",
        counts: { total: 1, successful: 1, failed: 0, inProgress: 0, deleted: 0, unrecognized: 0 },
      },
    ],
    failed: [],
    inProgress: [],
    stuck: [],
    missing: [],
    unexpected: [],
  });
});

test.each([
  { args: { members: [] }, verdict: "INCOMPLETE" },
  { args: { members: [{ accountId: "1".repeat(12), status: "CREATE_FAILED" }] }, verdict: "FAILED" },
  { args: { members: [{ accountId: "1".repeat(12), status: "CREATE_IN_PROGRESS" }] }, verdict: "IN_PROGRESS" },
  { args: { members: [{ accountId: "1".repeat(12), status: "CREATE_PAUSED" }] }, verdict: "INCOMPLETE" },
  { args: { expectedAccounts: ["222222222222"] }, verdict: "INCOMPLETE" },
  { args: { expectedAccounts: ["111111111111"] }, verdict: "PASSED" },
])("the verdict of $args is $verdict, in its state too", ({ args, verdict }) => {
  const status = mockPackStatus(args);
  expect(status.verdict).toBe(verdict);
  expect(decodeState(mockPackStatusState(args))).toEqual(status);
});

test("rows are sorted, and keep the values they are given", () => {
  const status = mockPackStatus({
    name: "baseline",
    regions: ["eu-west-1", "us-east-1"],
    members: [
      { accountId: "222222222222", errorCode: "Code", status: "UPDATE_FAILED", errorMessage: "Text" },
      { accountId: "111111111111", region: "us-east-1", lastUpdateTime: "2026-01-01T00:00:00.000Z" },
    ],
    expectedAccounts: ["111111111111"],
  });
  expect(status.members.map(({ accountId, region }) => `${accountId} ${region}`)).toEqual([
    "111111111111 us-east-1",
    "222222222222 eu-west-1",
  ]);
  expect(status.failed).toMatchObject([{ errorCode: "Code", errorMessage: "Text" }]);
  expect(status.unexpected).toMatchObject([{ accountId: "222222222222" }]);
  expect(status.missing).toEqual([{ accountId: "111111111111", region: "eu-west-1", cause: "noRow" }]);
});

test("the state survives JSON", () => {
  const state = mockPackStatusState({ members: [{ accountId: "222222222222", status: "CREATE_FAILED" }] });
  expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
});
