import { causesOf } from "../../../core/gate/causes";
import { inactiveNextStep } from "../../../core/gate/failureNextSteps";
import { expectListed } from "../../../core/status/expectation";
import type { MemberStatus } from "../../../core/status/memberStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { RegionEvidence } from "../../../core/status/evidence";
import { account, all, failing, row, rows } from "../../builders/members";
import { inRegions, type Others, statusOf } from "../../builders/packStatus";

const seventeen = Array.from({ length: 17 }, (_, index) => `us-east-${String(index + 1)}`);
const errorCode = "NoAvailableConfigurationRecorderException";

test("one cause in 17 regions is one cause, with each account once", () => {
  const members = seventeen.flatMap((region) => all(failing(3), { region, errorCode, errorMessage: "No recorder." }));
  expect(causesOf(statusOf(members, { regions: inRegions(...seventeen) }))).toStrictEqual([
    {
      kind: "failed",
      errorCode,
      statuses: ["CREATE_FAILED"],
      message: "No recorder.",
      otherMessages: 0,
      nextStep: expect.stringMatching(/^turn the AWS Config recorder on/) as string,
      accounts: [1, 2, 3].map((number) => ({ accountId: account(number), regions: seventeen.toSorted() })),
    },
  ]);
});

test("a cause has every status of its rows, and the earliest of their times", () => {
  const day = (number: number): string => `2026-01-0${String(number)}T00:00:00.000Z`;
  const members = [
    row({ status: "UPDATE_FAILED", errorCode, lastUpdateTime: day(2) }),
    row({ accountId: account(2), status: "CREATE_FAILED", errorCode, lastUpdateTime: day(1) }),
    row({ accountId: account(3), status: "CREATE_FAILED", errorCode, lastUpdateTime: day(3) }),
    row({ accountId: account(4), status: "CREATE_FAILED", errorCode }),
  ];
  expect(causesOf(statusOf(members))).toMatchObject([
    { statuses: ["CREATE_FAILED", "UPDATE_FAILED"], since: day(1), accounts: { length: 4 } },
  ]);
});

test("a cause has no key without a value, and no code that only some of its rows have", () => {
  const [first, ...others] = rows("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS");
  const inProgress = {
    kind: "inProgress",
    statuses: ["CREATE_IN_PROGRESS"],
    otherMessages: 0,
    nextStep: "wait until AWS is done, then run the command again.",
    accounts: [1, 2].map((number) => ({ accountId: account(number), regions: ["us-east-1"] })),
  };
  expect(causesOf(statusOf(rows("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS")))).toStrictEqual([inProgress]);
  expect(causesOf(statusOf([row({ ...first, errorCode: "X" }), ...others]))).toStrictEqual([inProgress]);
});

test("a row without a message adds no other message to its cause", () => {
  const silent = row({ status: "CREATE_FAILED", errorCode });
  const cause = causesOf(statusOf([silent, { ...silent, accountId: account(2), errorMessage: "No recorder." }]));
  expect(cause).toMatchObject([{ message: "No recorder.", otherMessages: 0 }]);
});

test("rows that are not updated yet have the step of their reason", () => {
  const status = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" });
  expect(causesOf(status).find(({ kind }) => kind === "outdated")?.nextStep).toMatch(/^wait until AWS is done/);
});

test("a failed account that is not in the organization is not a closed one", () => {
  const regions = [{ region: "us-east-1", expectation: { ...expectListed([account(1)]) } }];
  const [cause, ...others] = causesOf(statusOf(all(failing(2), { errorCode }), { regions }));
  expect(cause).toMatchObject({ accounts: { length: 2 }, nextStep: expect.stringMatching(/^turn the AWS/) as string });
  expect(others).toEqual([]);
});

test("failures come first, those of most accounts first of all", () => {
  const members = [
    ...rows("CREATE_IN_PROGRESS", "PAUSED"),
    ...[3, 4, 5].map((number) =>
      row({ accountId: account(number), status: "CREATE_FAILED", errorCode: number === 3 ? "Rare" : "Frequent" }),
    ),
  ];
  const causes = causesOf(statusOf(members, { expected: [account(9)] }));
  expect(causes.map(({ errorCode: code, kind }) => code ?? kind)).toEqual([
    "Frequent",
    "Rare",
    "inProgress",
    "unrecognized",
    "noRow",
  ]);
});

const notActive = (number: number): RegionEvidence[] => [
  {
    region: "us-east-1",
    expectation: {
      required: new Set([account(1)]),
      optional: new Set(),
      unexpected: new Map([[account(number), "notActive"]]),
      otherwise: "notInOrganization",
    },
  },
];

test.each<[what: string, members: readonly MemberStatus[], others: Others]>([
  ["a failed account that AWS Organizations calls closed", all(failing(2), { errorCode }), { regions: notActive(2) }],
  [
    "a failed account that AWS's words call closed",
    [
      row({ status: "CREATE_FAILED", errorCode }),
      row({ accountId: account(2), status: "CREATE_FAILED", errorCode, errorMessage: "The account is suspended." }),
    ],
    {},
  ],
  [
    "a stuck account that is closed",
    rows("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS"),
    { regions: notActive(2), stuckAfterMinutes: 1 },
  ],
])("%s is a cause of its own, with the step for closed accounts", (_what, members, others) => {
  const causes = causesOf(statusOf(members, others));
  expect(causes.map(({ accounts }) => accounts.map(({ accountId }) => accountId))).toEqual([
    [account(1)],
    [account(2)],
  ]);
  expect(causes.map(({ nextStep }) => nextStep === inactiveNextStep)).toEqual([false, true]);
});

test("failures without a code are distinguished by AWS's words", () => {
  const withWords = (numbers: readonly number[], errorMessage: string) =>
    numbers.map((number) => row({ accountId: account(number), status: "CREATE_FAILED", errorMessage }));
  const causes = causesOf(statusOf([...withWords([1, 2], "Template invalid"), ...withWords([3], "Denied by an SCP")]));
  expect(causes.map(({ accounts, message }) => [message, accounts.length])).toEqual([
    ["Template invalid", 2],
    ["Denied by an SCP", 1],
  ]);
});

test("failures of one code that need different steps are different causes", () => {
  const denied = ["Lambda function x", "ssm:GetDocument"].map((errorMessage, index) =>
    row({
      accountId: account(index + 1),
      status: "CREATE_FAILED",
      errorCode: "InsufficientPermissionsException",
      errorMessage,
    }),
  );
  expect(causesOf(statusOf(denied)).map(({ nextStep }) => nextStep)).toEqual([
    expect.stringContaining("Lambda function"),
    expect.stringContaining("SSM document"),
  ]);
});

test("a message that names each account's own id is one message", () => {
  const members = failing(3).map((member) => ({
    ...member,
    errorCode,
    errorMessage: `Not allowed in ${member.accountId}.`,
  }));
  expect(causesOf(statusOf(members))).toMatchObject([{ message: "Not allowed in <accountId>.", otherMessages: 0 }]);
  const other = row({ accountId: account(4), status: "CREATE_FAILED", errorCode, errorMessage: "Something else." });
  expect(causesOf(statusOf([...members, other]))).toMatchObject([{ otherMessages: 1 }]);
});

test("missing accounts are grouped by how they are missing", () => {
  const members = rows("DELETE_SUCCESSFUL", "CREATE_SUCCESSFUL");
  const causes = causesOf(statusOf(members, { expected: [1, 2, 8, 9].map(account) }));
  expect(causes.map(({ accounts, kind }) => [kind, ...accounts.map(({ accountId }) => accountId)])).toEqual([
    ["deleted", account(1)],
    ["noRow", account(8), account(9)],
  ]);
});

test("rows whose reason a gate has lifted are not a cause", () => {
  const status = statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS"));
  const reasons = status.reasons.filter(({ code }) => code === "membersFailed");
  expect(causesOf({ ...status, reasons }).map(({ kind }) => kind)).toEqual(["failed"]);
});

describe("an account of a cause", () => {
  const failed = statusOf(failing(2, 3));
  const [first, second] = [account(1), account(2)];
  const inRoot = { organizationalUnits: [{ id: "r-ab12", accountIds: [first] }] };
  const owned = { accountOwners: { owners: [{ owner: "team-payments", accountIds: [second] }] } };

  test.each<[what: string, others: Partial<PackStatus>, accounts: readonly object[]]>([
    ["neither", {}, [{}, {}]],
    ["a path", inRoot, [{ path: "Root" }, {}]],
    ["an owner", owned, [{}, { owner: "team-payments" }]],
    ["one of both", { ...inRoot, ...owned }, [{ path: "Root" }, { owner: "team-payments" }]],
  ])("has %s, where the status says so", (_what, others, [ofFirst, ofSecond]) => {
    const status: PackStatus = { ...failed, ...others };
    const [cause] = causesOf(status);
    expect(cause?.accounts).toStrictEqual([
      { accountId: first, ...ofFirst, regions: ["us-east-1"] },
      { accountId: second, ...ofSecond, regions: ["us-east-1"] },
    ]);
  });
});
