import type { MemberStatus } from "../../../core/status/memberStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import { report } from "../../../core/gate/report";
import { expectListed } from "../../../core/status/expectation";
import type { Evidence, RegionEvidence } from "../../../core/status/evidence";
import { judge } from "../../../core/status/judge";
import { harm, hostileTexts } from "../text/hostileText";
import { account, row, rows } from "../../builders/members";

const all = ["FAILED", "IN_PROGRESS", "INCOMPLETE"] as const;

function statusOf(members: readonly MemberStatus[], others: Partial<Evidence> = {}): PackStatus {
  const evidence = { regions: [{ region: "us-east-1" }], members, ...others };
  return {
    name: "security-baseline",
    regions: evidence.regions.map(({ region }) => region),
    ...judge(evidence),
    members,
  };
}

/** Regions in which these accounts are expected. */
function expecting(accountIds: readonly string[], ...regions: readonly string[]): RegionEvidence[] {
  return regions.map((region) => ({ region, expectation: expectListed(accountIds) }));
}

const silent = (region: string, message: string): RegionEvidence => ({
  region,
  failure: { code: "regionUnanswered", message, nextStep: "Look there." },
});

function failures(count: number, others: Partial<MemberStatus> = {}, first = 1): MemberStatus[] {
  return Array.from({ length: count }, (_, index) =>
    row({ accountId: account(first + index), status: "CREATE_FAILED", ...others }),
  );
}

test("a pass has nothing to report, and a verdict that is not asked for neither", () => {
  expect(report(statusOf(rows("CREATE_SUCCESSFUL")), all)).toBeUndefined();
  expect(report(statusOf(rows("CREATE_IN_PROGRESS")), ["FAILED"])).toBeUndefined();
  expect(report(statusOf(failures(1)), ["IN_PROGRESS", "INCOMPLETE"])).toBeUndefined();
});

test("groups failures by AWS's error code, the largest first, with AWS's words and the next step once", () => {
  const status = statusOf([
    ...failures(2, { errorCode: "SomethingNew", errorMessage: "Odd." }),
    ...failures(3, { errorCode: "NoAvailableConfigurationRecorderException", errorMessage: "No recorder." }, 3),
    row({ accountId: account(6) }),
  ]);
  expect(report(status, ["FAILED"])?.split("\n")).toEqual([
    'Organization conformance pack "security-baseline" in us-east-1: 5 of 6 accounts failed.',
    `  NoAvailableConfigurationRecorderException (CREATE_FAILED), 3 accounts: ${[3, 4, 5].map(account).join(", ")}`,
    "    AWS says: No recorder.",
    expect.stringMatching(
      /^ {4}Next: turn the AWS Config recorder on .* 7 hours; after that the pack must be put again\.$/,
    ),
    `  SomethingNew (CREATE_FAILED), 2 accounts: ${account(1)}, ${account(2)}`,
    "    AWS says: Odd.",
    expect.stringMatching(/^ {4}Next: open AWS Config in one of these accounts/),
  ]);
});

const organizationWith = (accountId: string): RegionEvidence[] => [
  {
    region: "us-east-1",
    expectation: {
      required: new Set([account(1)]),
      optional: new Set(),
      unexpected: new Map([[accountId, "notActive"]]),
      otherwise: "notInOrganization",
    },
  },
];

test("a failed account that is closed has a group and a step of its own: nobody can open AWS Config in it", () => {
  const errorCode = "NoAvailableConfigurationRecorderException";
  const status = statusOf(failures(2, { errorCode }), { regions: organizationWith(account(2)) });
  const lines = report(status, ["FAILED"])?.split("\n") ?? [];
  expect(lines.slice(1)).toEqual([
    `  ${errorCode} (CREATE_FAILED), 1 account: ${account(1)}`,
    expect.stringMatching(/^ {4}Next: turn the AWS Config recorder on/),
    `  ${errorCode} (CREATE_FAILED), 1 account: ${account(2)}`,
    expect.stringMatching(/^ {4}Next: these accounts are closed, suspended .*ExcludedAccounts.*tolerate\.accounts/),
  ]);
});

test("without AWS Organizations, AWS's words tell that an account is closed", () => {
  const text = report(statusOf(failures(1, { errorMessage: `Account ${account(1)} is suspended.` })), all);
  expect(text).toContain("    Next: these accounts are closed, suspended");
  expect(text).not.toContain("open AWS Config");
});

test("a stuck account that is closed is not one to look at in AWS Config", () => {
  const regions = organizationWith(account(2));
  const text = (...members: MemberStatus[]) => report(statusOf(members, { regions, stuckAfterMinutes: 1 }), all) ?? "";
  const [open, closed] = rows("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS") as [MemberStatus, MemberStatus];
  const closedStep = `    Next, for ${account(2)}: these accounts are closed`;
  expect(text(closed)).toContain(closedStep);
  expect(text(closed)).not.toContain("look at the stuck accounts");
  expect(text(open, closed)).toContain(closedStep);
  expect(text(open, closed)).toContain("look at the stuck accounts");
  expect(text(open)).not.toContain(closedStep);
});

test("failures of one code with different causes have different steps", () => {
  const denied = (errorMessage: string, of: number) =>
    failures(1, { errorCode: "InsufficientPermissionsException", errorMessage }, of);
  const text = report(statusOf([...denied("Lambda function x", 1), ...denied("ssm:GetDocument", 2)]), all);
  expect(text).toMatch(/Next: .*Lambda function.*\n.*\n.*\n {4}Next: .*SSM document/);
});

test.each([
  ["OrganizationAllFeaturesNotEnabledException", "enable all features in AWS Organizations"],
  ["SomethingNew", "AWS knows of a failure that no row here shows"],
])("a pack that failed with %s, without a failed row, has the step %j", (errorCode, step) => {
  const regions = [{ region: "us-east-1", aggregate: { status: "CREATE_FAILED", errorCode } }];
  expect(report(statusOf([row()], { regions }), all)).toContain(step);
});

test("one failure is told in the singular, by its status where AWS gives no code", () => {
  const lines = report(statusOf(failures(1, { status: "UPDATE_FAILED" })), all)?.split("\n") ?? [];
  expect(lines[0]).toMatch(/: 1 of 1 account failed\.$/);
  expect(lines[1]).toBe(`  UPDATE_FAILED (UPDATE_FAILED), 1 account: ${account(1)}`);
  expect(lines.join()).not.toContain("AWS says:");
});

test.each(["constructor", "__proto__", "toString", "", "hasOwnProperty"])(
  "the error code %p gets the common next step",
  (errorCode) => {
    expect(report(statusOf(failures(1, { errorCode })), all)).toContain("Next: open AWS Config");
  },
);

test("without a code, AWS's words tell one cause from another", () => {
  const words = (errorMessage: string, from: number) => failures(2, { errorMessage }, from);
  const lines = report(statusOf([...words("Template invalid", 1), ...words("Denied by an SCP", 3)]), all) ?? "";
  expect(lines).toContain(`2 accounts: ${account(1)}, ${account(2)}\n    AWS says: Template invalid\n`);
  expect(lines).toContain(`2 accounts: ${account(3)}, ${account(4)}\n    AWS says: Denied by an SCP\n`);
});

test.each([
  ["DELETE_IN_PROGRESS", "if the pack is to stay, put it again when AWS is done with deleting it"],
  ["DELETE_FAILED", "If it is to stay, put it again; else delete it again"],
])("a pack that is %s has a next step of its own", (status, step) => {
  const regions = [{ region: "us-east-1", aggregate: { status } }];
  expect(report(statusOf([row()], { regions }), all)).toContain(step);
});

test("a name or a code that looks like more of the list is quoted", () => {
  const name = `a), ${account(9)} (prod`;
  const errorCode = `E (CREATE_FAILED), 2 accounts: ${account(8)}`;
  const [, line] = report(statusOf(failures(1, { accountName: name, errorCode })), all)?.split("\n") ?? [];
  expect(line).toBe(`  "${errorCode}" (CREATE_FAILED), 1 account: ${account(1)} ("${name}")`);
});

test("several texts of one code are counted, the first is shown", () => {
  const status = statusOf([
    ...failures(1, { errorCode: "X", errorMessage: "first" }),
    ...failures(1, { errorCode: "X", errorMessage: "second" }, 2),
    ...failures(1, { errorCode: "X", errorMessage: "third" }, 3),
  ]);
  expect(report(status, all)).toContain("AWS says: first (and 2 other messages)\n");
});

test.each([
  [20, undefined, 20, undefined],
  [21, undefined, 20, "and 1 more"],
  [250, 3, 3, "and 247 more"],
])("of %d accounts, with maxAccountsShown %p, %d are shown", (count, maxAccountsShown, shown, more) => {
  const line = report(statusOf(failures(count)), all, { maxAccountsShown })?.split("\n")[1] ?? "";
  expect(line.match(/\d{12}/g)).toHaveLength(shown);
  expect(/and \d+ more$/.exec(line)?.[0]).toBe(more);
});

test.each([
  [10, undefined, 10, undefined],
  [12, undefined, 10, "  and 2 accounts with 2 other causes"],
  [4, 3, 3, "  and 1 account with 1 other cause"],
])("of %d causes, with maxGroupsShown %p, %d are shown", (count, maxGroupsShown, shown, last) => {
  const status = statusOf(
    Array.from({ length: count }, (_, index) => failures(1, { errorCode: `Code${String(index)}` }, index)).flat(),
  );
  const lines = report(status, all, { maxGroupsShown })?.split("\n") ?? [];
  expect(lines.filter((line) => /^ {2}Code/.test(line))).toHaveLength(shown);
  expect(lines.find((line) => line.includes("other cause"))).toBe(last);
});

test("tells what is unfinished, unknown and missing, each with its next step", () => {
  const status = statusOf(
    rows("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "PAUSED", "DELETE_SUCCESSFUL"),
    {
      regions: [...expecting([5, 8, 9].map(account), "us-east-1"), silent("eu-west-1", "eu-west-1 did not answer.")],
    },
  );
  const text = report(status, all) ?? "";
  for (const line of [
    `  CREATE_IN_PROGRESS in us-east-1, 1 account: ${account(1)}`,
    `  UPDATE_IN_PROGRESS in us-east-1, 2 accounts: ${account(2)}, ${account(3)}`,
    "    Next: wait until AWS is done, then run the command again.",
    `  Unknown status in us-east-1, 1 account: ${account(4)}`,
    "    Next: look at these accounts in AWS Config, and update pulumi-org-conformance.",
    `  Deleted in us-east-1, 1 expected account: ${account(5)}`,
    `  No row in us-east-1, 2 expected accounts: ${account(8)}, ${account(9)}`,
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text.split("\n")[0]).toContain("eu-west-1 did not answer.");
});

test("with several regions, each group says its own", () => {
  const regions = ["us-east-1", "eu-west-1"];
  const both = (others: Partial<MemberStatus>) => regions.map((region) => row({ region, ...others }));
  const status = statusOf(
    [
      ...both({ status: "CREATE_FAILED", errorCode: "X" }),
      ...both({ accountId: account(2), status: "CREATE_IN_PROGRESS" }),
      ...both({ accountId: account(3), status: "PAUSED" }),
    ],
    { regions: expecting([account(4)], ...regions) },
  );
  const lines = report(status, all)?.split("\n") ?? [];
  for (const region of regions) {
    expect(lines).toContain(`  X in ${region} (CREATE_FAILED), 1 account: ${account(1)}`);
    expect(lines).toContain(`  CREATE_IN_PROGRESS in ${region}, 1 account: ${account(2)}`);
    expect(lines).toContain(`  Unknown status in ${region}, 1 account: ${account(3)}`);
    expect(lines).toContain(`  No row in ${region}, 1 expected account: ${account(4)}`);
  }
});

test.each(hostileTexts)("%j does no harm in any field", (hostile) => {
  const fields = { conformancePackName: hostile, errorCode: hostile, errorMessage: hostile };
  const members = [
    row({ ...fields, status: "CREATE_FAILED" }),
    row({ ...fields, accountId: account(2), status: hostile }),
    row({ ...fields, accountId: hostile, status: "CREATE_IN_PROGRESS" }),
  ];
  const harmlessLines = report(statusOf(members), all)?.split("\n").length;
  const status = {
    ...statusOf(members, { regions: [...expecting([hostile, account(9)], "us-east-1"), silent(hostile, hostile)] }),
    name: hostile,
  };
  const text = report(status, all) ?? "";
  for (const line of text.split("\n")) expect(line).not.toMatch(harm);
  const plain = members.map((member) => ({ ...member, errorCode: "Code", errorMessage: "Text." }));
  expect(harmlessLines).toBe(report(statusOf(plain), all)?.split("\n").length);
});
