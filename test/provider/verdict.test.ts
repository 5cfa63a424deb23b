import { organizationResourceDetailedStatuses, outcomeOf } from "../../provider/memberStatus";
import { type Evidence, judge } from "../../provider/verdict";
import { account, row, rows } from "./memberRow";

const regions = ["us-east-1"];

test.each([
  ["FAILED", ["CREATE_FAILED"]],
  ["FAILED", ["UPDATE_FAILED"]],
  ["FAILED", ["DELETE_FAILED"]],
  ["IN_PROGRESS", ["CREATE_IN_PROGRESS"]],
  ["IN_PROGRESS", ["UPDATE_IN_PROGRESS"]],
  ["IN_PROGRESS", ["DELETE_IN_PROGRESS"]],
  ["PASSED", ["CREATE_SUCCESSFUL"]],
  ["PASSED", ["UPDATE_SUCCESSFUL"]],
  ["PASSED", ["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL", "DELETE_SUCCESSFUL"]],
  ["INCOMPLETE", ["DELETE_SUCCESSFUL"]],
  ["INCOMPLETE", ["DELETE_SUCCESSFUL", "DELETE_SUCCESSFUL"]],
  ["INCOMPLETE", []],
  ["INCOMPLETE", ["CREATE_PAUSED"]],
  ["INCOMPLETE", ["CREATE_SUCCESSFUL", "CREATE_PAUSED"]],
  ["INCOMPLETE", ["create_successful"]],
  ["INCOMPLETE", ["CREATE_SUCCESSFUL "]],
  ["INCOMPLETE", ["constructor"]],
  ["INCOMPLETE", ["__proto__"]],
  ["INCOMPLETE", ["toString"]],
  ["IN_PROGRESS", ["CREATE_PAUSED", "CREATE_IN_PROGRESS"]],
  ["FAILED", ["CREATE_PAUSED", "CREATE_FAILED"]],
  ["FAILED", ["CREATE_IN_PROGRESS", "UPDATE_FAILED", "CREATE_SUCCESSFUL"]],
  ["FAILED", ["DELETE_SUCCESSFUL", "DELETE_IN_PROGRESS", "DELETE_FAILED", "CREATE_PAUSED"]],
])("%s: rows that are %j", (verdict, statuses) => {
  const judgement = judge({ regions, members: rows(...statuses) });
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.reasons[0]?.verdict).toBe(verdict === "PASSED" ? undefined : verdict);
  expect(judgement.counts.total).toBe(statuses.length);
});

test("every documented status has an outcome, and one outcome only", () => {
  const { counts } = judge({ regions, members: rows(...organizationResourceDetailedStatuses) });
  expect(counts).toEqual({ total: 9, successful: 2, failed: 3, inProgress: 3, deleted: 1, unrecognized: 0 });
  expect(outcomeOf("CREATE_PAUSED")).toBe("unrecognized");
});

type Case = [verdict: string, what: string, evidence: Evidence];

test.each<Case>([
  ["PASSED", "all that are expected", { regions, members: rows("CREATE_SUCCESSFUL"), expectedAccounts: [account(1)] }],
  [
    "INCOMPLETE",
    "an expected account without a row",
    { regions, members: rows("CREATE_SUCCESSFUL"), expectedAccounts: [account(1), account(2)] },
  ],
  [
    "INCOMPLETE",
    "an expected account that is deleted",
    { regions, members: rows("CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL"), expectedAccounts: [account(1), account(2)] },
  ],
  [
    "INCOMPLETE",
    "an expected account with a row in one region of two",
    {
      regions: ["eu-west-1", "us-east-1"],
      members: [row(), row({ region: "eu-west-1" }), row({ accountId: account(2) })],
      expectedAccounts: [account(1), account(2)],
    },
  ],
  [
    "FAILED",
    "a failure beside a missing account",
    { regions, members: rows("CREATE_FAILED"), expectedAccounts: [account(1), account(2)] },
  ],
  ["INCOMPLETE", "a region without a row", { regions: ["us-east-1", "eu-west-1"], members: rows("CREATE_SUCCESSFUL") }],
  [
    "INCOMPLETE",
    "a region with former members only",
    {
      regions: ["us-east-1", "eu-west-1"],
      members: [row(), row({ region: "eu-west-1", status: "DELETE_SUCCESSFUL" })],
    },
  ],
  ["INCOMPLETE", "no region", { regions: [], members: [], doubts: ["No region answered."] }],
  [
    "INCOMPLETE",
    "rows filtered by a status",
    { regions, members: rows("CREATE_SUCCESSFUL"), onlyStatuses: ["CREATE_SUCCESSFUL"] },
  ],
  ["INCOMPLETE", "a filter that finds nothing", { regions, members: [], onlyStatuses: ["CREATE_FAILED"] }],
  [
    "FAILED",
    "a filter that finds a failure",
    { regions, members: rows("CREATE_FAILED"), onlyStatuses: ["CREATE_FAILED"] },
  ],
  ["INCOMPLETE", "a doubt", { regions, members: rows("CREATE_SUCCESSFUL"), doubts: ["eu-west-1 did not answer."] }],
  ["IN_PROGRESS", "a doubt and an unfinished row", { regions, members: rows("CREATE_IN_PROGRESS"), doubts: ["?"] }],
  ["PASSED", "a remark", { regions, members: rows("CREATE_SUCCESSFUL"), remarks: ["A row changed."] }],
])("%s: %s", (verdict, _what, evidence) => {
  expect(judge(evidence).verdict).toBe(verdict);
});

test.each([organizationResourceDetailedStatuses.slice(), ["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"]])(
  "rows filtered by statuses never pass: %j",
  (...onlyStatuses) => {
    const members = rows("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL");
    const { verdict, missing } = judge({ regions, members, onlyStatuses, expectedAccounts: [account(9)] });
    expect(verdict).toBe("INCOMPLETE");
    // Who is missing cannot be told from some of the rows.
    expect(missing).toEqual([]);
  },
);

test("a filter that finds nothing says so, and does not say that there is no member", () => {
  const { reasons } = judge({ regions, members: [], onlyStatuses: ["CREATE_FAILED"] });
  expect(reasons).toEqual([
    {
      verdict: "INCOMPLETE",
      message: "Only rows that are CREATE_FAILED were gathered; nothing is known of the others.",
    },
  ]);
});

test("names the missing, once each and in order, with the cause", () => {
  const { missing, reasons } = judge({
    regions: ["us-east-1", "eu-west-1"],
    members: [row({ status: "DELETE_SUCCESSFUL" }), row({ region: "eu-west-1" })],
    expectedAccounts: [account(2), account(1), account(2)],
  });
  expect(missing).toEqual([
    { accountId: account(1), region: "us-east-1", cause: "deleted" },
    { accountId: account(2), region: "eu-west-1", cause: "noRow" },
    { accountId: account(2), region: "us-east-1", cause: "noRow" },
  ]);
  expect(reasons.map(({ message }) => message)).toEqual([
    "No account is a member of the pack in us-east-1: AWS shows former members only.",
    "3 expected accounts are no members of the pack.",
  ]);
});

test.each([
  [undefined, []],
  [[account(1)], [account(2), account(3)]],
  [[account(1), account(2), account(3)], []],
])("of %j expected, %j are unexpected; former members are not", (expectedAccounts, unexpected) => {
  const members = rows("CREATE_SUCCESSFUL", "CREATE_FAILED", "CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL");
  const judgement = judge({ regions, members, ...(expectedAccounts && { expectedAccounts }) });
  expect(judgement.unexpected.map(({ accountId }) => accountId)).toEqual(unexpected);
});

test("lists failures and unfinished rows, and gives the winning reason first", () => {
  const members = rows("CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_PAUSED", "UPDATE_FAILED", "CREATE_SUCCESSFUL");
  const judgement = judge({ regions, members, doubts: ["A doubt."], remarks: ["A remark."] });
  expect(judgement.failed.map(({ accountId }) => accountId)).toEqual([account(2), account(4)]);
  expect(judgement.inProgress.map(({ accountId }) => accountId)).toEqual([account(1)]);
  expect(judgement.reasons).toEqual([
    { verdict: "FAILED", message: "2 of 5 accounts failed." },
    { verdict: "IN_PROGRESS", message: "1 of 5 accounts is in progress." },
    { verdict: "INCOMPLETE", message: "1 of 5 accounts has a status that this version does not know: CREATE_PAUSED." },
    { verdict: "INCOMPLETE", message: "A doubt." },
    { verdict: "PASSED", message: "A remark." },
  ]);
});

test("a hostile status is quoted harmlessly, and rows are counted where there are several regions", () => {
  const members = [row({ status: "\n::error::x" }), row({ region: "eu-west-1" })];
  const { reasons } = judge({ regions: ["eu-west-1", "us-east-1"], members });
  expect(reasons.map(({ message }) => message)).toEqual([
    "1 of 2 rows has a status that this version does not know: : :error::x.",
  ]);
});
