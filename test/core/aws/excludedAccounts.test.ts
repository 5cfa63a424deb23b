import { excludedAccounts } from "../../../core/aws/excludedAccounts";
import { answering, refusal } from "./answering";
import { failureErrorOf } from "./emulate";
import { account } from "../../builders/members";

const call = { packName: "baseline", region: "us-east-1" };
const of = (...entries: readonly object[]) => ({
  OrganizationConformancePacks: entries.map((entry) => ({ OrganizationConformancePackName: "baseline", ...entry })),
});

test.each([
  [{}, []],
  [{ ExcludedAccounts: null }, []],
  [{ ExcludedAccounts: [account(1), account(2)] }, [account(1), account(2)]],
])("the excluded accounts of the pack %j are %j", async (pack, excluded) => {
  const { client, send } = answering(of(pack));
  expect(await excludedAccounts(client, call)).toEqual(excluded);
  expect(send.mock.calls.map(([{ input }]) => input)).toEqual([{ OrganizationConformancePackNames: ["baseline"] }]);
});

test.each([
  [{}, "it does not describe the pack"],
  [of({}, {}), "it describes the pack twice"],
  ...["all", [7], ["all"], [`x${account(1)}`], [`${account(1)}x`], [account(1), null]].map(
    (excluded): [object, string] => [
      of({ ExcludedAccounts: excluded }),
      "the pack's ExcludedAccounts are not account ids",
    ],
  ),
])("the answer %j is a BadResponseError", async (answer, says) => {
  const error = await failureErrorOf(excludedAccounts(answering(answer).client, call));
  expect(error).toMatchObject({ name: "BadResponseError", requestId: "abc-123", ...call });
  expect(error.message).toContain(says);
});

test("the error names the action where AWS's refusal does not", async () => {
  const error = await failureErrorOf(excludedAccounts(answering(refusal).client, call));
  expect(error).toMatchObject({ action: "config:DescribeOrganizationConformancePacks", ...call });
});
