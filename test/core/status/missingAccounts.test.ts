import { expectListed } from "../../../core/status/expectation";
import { judge } from "../../../core/status/judge";
import { account, row, rows } from "../../builders/members";
import { expecting, inRegions } from "../../builders/packStatus";

const both = inRegions("us-east-1", "eu-west-1");

test("missing accounts are listed once, in order, with their cause and name", () => {
  const expectation = expectListed([account(2), account(1), account(3), account(4), account(2)]);
  const { missing } = judge({
    regions: both.map((region) => ({ ...region, expectation })),
    members: [
      row({ status: "DELETE_SUCCESSFUL" }),
      row({ region: "eu-west-1" }),
      ...both.flatMap(({ region }) => [
        row({ accountId: account(3), region, status: region === "us-east-1" ? "DELETE_IN_PROGRESS" : "CREATE_FAILED" }),
        row({ accountId: account(4), region, status: "DELETE_FAILED" }),
      ]),
    ],
    accountNames: new Map([[account(2), "Audit"]]),
  });
  expect(missing).toStrictEqual([
    { accountId: account(1), region: "us-east-1", cause: "deleted" },
    { accountId: account(2), accountName: "Audit", region: "eu-west-1", cause: "noRow" },
    { accountId: account(2), accountName: "Audit", region: "us-east-1", cause: "noRow" },
    { accountId: account(3), region: "us-east-1", cause: "deleting" },
  ]);
});

test("no account is missing where rows were filtered by their status", () => {
  const evidence = { regions: expecting(9), members: rows("CREATE_SUCCESSFUL") };
  expect(judge({ ...evidence, onlyStatuses: ["CREATE_SUCCESSFUL"] }).missing).toEqual([]);
  expect(judge(evidence).missing).toHaveLength(1);
});
