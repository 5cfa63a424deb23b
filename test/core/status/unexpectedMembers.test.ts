import type { Expectation } from "../../../core/status/expectation";
import { judge } from "../../../core/status/judge";
import { account, row, rows } from "../../builders/members";
import { expecting, inRegions } from "../../builders/packStatus";

test.each([
  [undefined, []],
  [[1], [2, 3]],
  [[1, 2, 3], []],
])("where the accounts %j are expected, the members %j are unexpected", (expected, unexpected) => {
  const members = rows("CREATE_SUCCESSFUL", "CREATE_FAILED", "CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL");
  const judgement = judge({ regions: expected ? expecting(...expected) : inRegions("us-east-1"), members });
  expect(judgement.unexpected).toEqual(unexpected.map((number) => ({ ...members[number - 1], cause: "notListed" })));
});

test("unexpected members have a cause; an optional account is neither missing nor unexpected", () => {
  const expectation: Expectation = {
    required: new Set([account(1)]),
    optional: new Set([account(2), account(9)]),
    unexpected: new Map([
      [account(3), "notActive"],
      [account(4), "excluded"],
      [account(5), "excluded"],
      [account(6), "excluded"],
    ]),
    otherwise: "notInOrganization",
  };
  const members = [
    ...rows(...Array<string>(5).fill("CREATE_SUCCESSFUL")),
    row({ accountId: account(6), status: "DELETE_SUCCESSFUL" }),
    row({ accountId: account(7), status: "CREATE_FAILED" }),
  ];
  const judgement = judge({ regions: [{ region: "us-east-1", expectation }], members });
  expect(judgement.missing).toEqual([]);
  expect(judgement.unexpected.map(({ accountId, cause }) => `${String(Number(accountId))} ${cause}`)).toEqual([
    "3 notActive",
    "4 excluded",
    "5 excluded",
    "7 notInOrganization",
  ]);
});
