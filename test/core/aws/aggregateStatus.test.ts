import { aggregateStatus } from "../../../core/aws/aggregateStatus";
import { answering, refusal } from "./answering";
import { failureErrorOf } from "./emulate";

const call = { packName: "baseline", region: "us-east-1" };
const of = (...entries: readonly object[]) => ({
  OrganizationConformancePackStatuses: entries.map((entry) => ({
    OrganizationConformancePackName: "baseline",
    ...entry,
  })),
});

test("asks for the one pack", async () => {
  const { client, send } = answering(of({ Status: "CREATE_SUCCESSFUL" }));
  await aggregateStatus(client, call);
  expect(send.mock.calls.map(([{ input }]) => input)).toEqual([{ OrganizationConformancePackNames: ["baseline"] }]);
});

test.each([
  [{ Status: "CREATE_SUCCESSFUL" }, { status: "CREATE_SUCCESSFUL" }],
  [
    {
      Status: "CREATE_FAILED",
      ErrorCode: "X",
      ErrorMessage: "why\n",
      LastUpdateTime: new Date("2026-01-02T03:04:05Z"),
    },
    { status: "CREATE_FAILED", errorCode: "X", errorMessage: "why", lastUpdateTime: "2026-01-02T03:04:05.000Z" },
  ],
  [
    { Status: "CREATE_FAILED", ErrorCode: 7, ErrorMessage: {}, LastUpdateTime: new Date("+010000-01-01T00:00:00Z") },
    { status: "CREATE_FAILED" },
  ],
])("of %j the status is %j, without a key that has no value", async (entry, status) => {
  expect(await aggregateStatus(answering(of(entry)).client, call)).toStrictEqual(status);
});

test.each([
  [{}, "it has no status of the pack"],
  [of({ Status: "CREATE_SUCCESSFUL" }, { Status: "CREATE_FAILED" }), "it has several statuses of the pack"],
  [of({}), "the pack's status has no Status"],
  [of({ Status: "" }), "the pack's status has no Status"],
])("the answer %j is a BadResponseError", async (answer, says) => {
  const error = await failureErrorOf(aggregateStatus(answering(answer).client, call));
  expect(error).toMatchObject({ name: "BadResponseError", requestId: "abc-123", ...call });
  expect(error.message).toContain(says);
});

test("the error names the action where AWS's refusal does not", async () => {
  const error = await failureErrorOf(aggregateStatus(answering(refusal).client, call));
  expect(error).toMatchObject({ action: "config:DescribeOrganizationConformancePackStatuses", ...call });
});
