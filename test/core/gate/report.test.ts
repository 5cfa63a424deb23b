import type { MemberStatus } from "../../../core/status/memberStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import { decide } from "../../../core/gate/decide";
import { report, type ReportOptions } from "../../../core/gate/report";
import { expectListed } from "../../../core/status/expectation";
import { notPassed } from "../../../core/status/verdict";
import { silent } from "../../builders/exceptions";
import { account, all, failing, row, rows } from "../../builders/members";
import { expecting, inRegions, statusOf, withoutAnswer } from "../../builders/packStatus";
import { harm, hostileTexts } from "../text/hostileText";

function linesOf(status: PackStatus, options?: ReportOptions, isAwaited = false): string[] {
  return report(status, notPassed, { ...options, isAwaited })?.split("\n") ?? [];
}

test("nothing is reported of a pass, or of a verdict that is not asked for", () => {
  expect(report(statusOf(rows("CREATE_SUCCESSFUL")), notPassed)).toBeUndefined();
  expect(report(statusOf(rows("CREATE_IN_PROGRESS")), ["FAILED"])).toBeUndefined();
  expect(report(statusOf(failing(1)), ["IN_PROGRESS", "INCOMPLETE"])).toBeUndefined();
});

test("a report names the pack, how many accounts failed, and each cause once with AWS's words and a next step", () => {
  const status = statusOf([
    ...all(failing(2), { errorCode: "SomethingNew", errorMessage: "Odd." }),
    ...[3, 4, 5].map((number) =>
      row({
        accountId: account(number),
        status: "CREATE_FAILED",
        errorCode: "NoAvailableConfigurationRecorderException",
        errorMessage: "No recorder.",
        lastUpdateTime: `2026-01-0${String(number)}T12:34:56.000Z`,
      }),
    ),
    row({ accountId: account(6) }),
  ]);
  expect(linesOf(status)).toEqual([
    'Organization conformance pack "baseline" in us-east-1: 5 of 6 accounts failed.',
    `  NoAvailableConfigurationRecorderException (CREATE_FAILED), 3 accounts, since 2026-01-03 12:34 UTC: ${[3, 4, 5].map(account).join(", ")}`,
    "    AWS says: No recorder.",
    "    Next: turn the AWS Config recorder on in these accounts and regions. AWS retries for only 7 hours; after that, deploy the pack again.",
    `  SomethingNew (CREATE_FAILED), 2 accounts: ${account(1)}, ${account(2)}`,
    "    AWS says: Odd.",
    "    Next: open AWS Config in one of these accounts, correct what AWS says, then deploy the pack again.",
  ]);
});

test("a report lists what is in progress, unknown and missing, each with its next step", () => {
  const status = statusOf(
    rows("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "PAUSED", "DELETE_SUCCESSFUL"),
    {
      regions: [
        ...expecting(5, 8, 9),
        {
          region: "eu-west-1",
          failure: {
            code: "regionUnanswered",
            message: "eu-west-1 did not answer.",
            error: "eu-west-1 did not answer: No.",
            requestId: "id-1",
            nextStep: "Look there.",
          },
        },
      ],
    },
  );
  const [, ...lines] = linesOf(status);
  expect(lines).toEqual([
    `  In progress (CREATE_IN_PROGRESS), 1 account in us-east-1: ${account(1)}`,
    "    Next: wait until AWS is done, then run the command again.",
    `  In progress (UPDATE_IN_PROGRESS), 2 accounts in us-east-1: ${account(2)}, ${account(3)}`,
    "    Next: wait until AWS is done, then run the command again.",
    `  Unknown status (PAUSED), 1 account in us-east-1: ${account(4)}`,
    "    Next: open AWS Config in these accounts, and update pulumi-org-conformance.",
    `  Missing, deleted, 1 account in us-east-1: ${account(5)}`,
    expect.stringMatching(/^ {4}Next: check that these accounts are active members/),
    `  Missing, without a row, 2 accounts in us-east-1: ${account(8)}, ${account(9)}`,
    expect.stringMatching(/^ {4}Next: check that these accounts are active members/),
    "  eu-west-1: eu-west-1 did not answer: No. (AWS request id id-1)",
    "    Next: Look there.",
  ]);
});

test("rows that are stuck or not updated yet are named as such", () => {
  const status = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"), {
    aggregate: "UPDATE_IN_PROGRESS",
    stuckAfterMinutes: 5,
  });
  expect(linesOf(status)).toEqual(
    expect.arrayContaining([
      `  Stuck (CREATE_IN_PROGRESS), 1 account: ${account(1)}`,
      `  Not updated yet (CREATE_SUCCESSFUL), 1 account: ${account(2)}`,
    ]),
  );
});

test("a cause in several regions is one paragraph that names them, and more than five regions are counted", () => {
  const linesIn = (...regions: readonly string[]) =>
    linesOf(
      statusOf(
        regions.flatMap((region) => all(failing(1, 2), { region, errorCode: "X" })),
        { regions: inRegions(...regions) },
      ),
    );
  expect(linesIn("us-east-1", "eu-west-1").slice(0, 2)).toEqual([
    'Organization conformance pack "baseline" in us-east-1, eu-west-1: 1 of 2 accounts failed, in 2 of 2 regions.',
    `  X (CREATE_FAILED), 1 account in eu-west-1, us-east-1: ${account(1)}`,
  ]);
  const many = linesIn(...Array.from({ length: 6 }, (_, index) => `us-east-${String(index + 1)}`));
  expect(many.slice(0, 2)).toEqual([
    'Organization conformance pack "baseline" in 6 regions: 1 of 2 accounts failed, in 6 of 6 regions.',
    `  X (CREATE_FAILED), 1 account in 6 regions: ${account(1)}`,
  ]);
  expect(many).toHaveLength(3);
});

test("a report on some verdicts lists no account of the others", () => {
  const status = statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS", "PAUSED"));
  const [headline, ...lines] = report(status, ["FAILED", "INCOMPLETE"])?.split("\n") ?? [];
  expect(headline).toBe(
    'Organization conformance pack "baseline" in us-east-1: 1 of 3 accounts failed. 1 of 3 accounts has a status that this version does not know: PAUSED.',
  );
  expect(lines.filter((line) => line.includes(account(2)))).toEqual([]);
  expect(lines.filter((line) => line.includes(account(1)) || line.includes(account(3)))).toHaveLength(2);
});

test("a cause names each of its statuses, and up to five regions in order", () => {
  const regions = ["us-east-5", "us-east-4", "us-east-3", "us-east-2", "us-east-1"];
  const members = regions.map((region, index) =>
    row({
      accountId: account(index + 1),
      region,
      status: index === 0 ? "UPDATE_FAILED" : "CREATE_FAILED",
      errorCode: "X",
    }),
  );
  const [headline, line] = linesOf(statusOf(members, { regions: inRegions(...regions) }));
  expect(headline).toContain(`"baseline" in ${regions.join(", ")}: `);
  expect(line).toBe(
    `  X (CREATE_FAILED, UPDATE_FAILED), 5 accounts in ${regions.toSorted().join(", ")}: ${[1, 2, 3, 4, 5].map(account).join(", ")}`,
  );
});

test("an account whose row is being deleted is named as missing", () => {
  const status = statusOf(rows("CREATE_SUCCESSFUL", "DELETE_IN_PROGRESS"), { regions: expecting(1, 2) });
  expect(linesOf(status)).toContain(`  Missing, being deleted, 1 account: ${account(2)}`);
});

test("each region without an answer has its own error, without the sentence of the headline, and its next step", () => {
  const failure = { code: "regionUnanswered", message: "No answer.", nextStep: "Look there." } as const;
  const regions = [
    { region: "us-east-1" },
    { region: "eu-west-1", failure },
    { region: "eu-west-2", failure: { ...failure, requestId: "id-2" } },
    { region: "eu-west-3", failure: { ...failure, error: "No answer. X: Denied.", nextStep: "Look here." } },
    { region: "eu-west-4", failure: { ...failure, error: "Denied: No answer.", code: "noSuchPack" as const } },
  ];
  const status = statusOf([row()], { regions });
  const [, ...lines] = linesOf(status);
  expect(lines).toEqual([
    "  eu-west-1:",
    "    Next: Look there.",
    "  eu-west-2: (AWS request id id-2)",
    "    Next: Look there.",
    "  eu-west-3: X: Denied.",
    "    Next: Look here.",
    "  eu-west-4: Denied: No answer.",
    "    Next: Look there.",
  ]);
  // A gate may tolerate that a region does not know the pack.
  const reasons = status.reasons.filter(({ code }) => code !== "noSuchPack");
  expect(linesOf({ ...status, reasons }).filter((line) => line.startsWith("  eu-west-4:"))).toEqual([]);
});

test("a pack that failed has the next step of its own region and of its own reason", () => {
  const errorCode = "OrganizationAllFeaturesNotEnabledException";
  const aggregates = (first: string, second: string) =>
    linesOf(
      statusOf([row(), row({ region: "eu-west-1" })], {
        regions: [
          { region: "us-east-1", aggregate: { status: first } },
          { region: "eu-west-1", aggregate: { status: second, errorCode } },
        ],
      }),
    ).slice(1);
  expect(aggregates("CREATE_SUCCESSFUL", "CREATE_FAILED")).toEqual([
    expect.stringMatching(/^ {4}Next: enable all features in AWS Organizations/),
  ]);
  expect(aggregates("CREATE_FAILED", "CREATE_SUCCESSFUL")).toEqual([
    expect.stringMatching(/^ {4}Next: open the pack in AWS Config\. AWS reports a failure/),
  ]);
  expect(aggregates("CREATE_SUCCESSFUL", "DELETE_FAILED")).toEqual([
    expect.stringMatching(/^ {4}Next: open the pack in AWS Config\. To keep it/),
  ]);
});

test("you are not advised to wait for what the update waits for", () => {
  const waiting = rows("CREATE_IN_PROGRESS", "PAUSED");
  const stepsOf = (status: PackStatus, isAwaited: boolean) =>
    linesOf(status, {}, isAwaited).filter((line) => line.includes("Next: wait until"));
  for (const status of [statusOf(waiting), statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" })]) {
    expect(stepsOf(status, false)).toHaveLength(1);
    expect(stepsOf(status, true)).toEqual([]);
  }
  expect(linesOf(statusOf(rows("CREATE_IN_PROGRESS")), {}, true)).toHaveLength(2);
  const outdated = statusOf(rows("CREATE_SUCCESSFUL", "CREATE_IN_PROGRESS"), { aggregate: "UPDATE_IN_PROGRESS" });
  expect(stepsOf(outdated, false)).toHaveLength(2);
  expect(stepsOf(outdated, true)).toEqual([]);
  // The other steps stay.
  const regions = inRegions("us-east-1", "eu-west-1");
  const empty = linesOf(statusOf(rows("CREATE_IN_PROGRESS"), { regions }), {}, true);
  expect(empty.at(-1)).toMatch(/^ {4}Next: if the pack was put a short time ago/);
  expect(linesOf(statusOf(waiting), {}, true).join()).toContain("update pulumi-org-conformance");
  expect(linesOf(statusOf(waiting, { stuckAfterMinutes: 1 }), {}, true).join()).toContain("stuck accounts");
});

test.each([
  ["OrganizationAllFeaturesNotEnabledException", "enable all features in AWS Organizations"],
  ["SomethingNew", "AWS reports a failure that no row here shows"],
])("a pack that failed with %s, without a failed row, has a next step of its own", (errorCode, step) => {
  const regions = [{ region: "us-east-1", aggregate: { status: "CREATE_FAILED", errorCode } }];
  expect(report(statusOf([row()], { regions }), notPassed)).toContain(step);
});

test("a failure without a code is named by its status", () => {
  const [, ...lines] = linesOf(statusOf([row({ status: "UPDATE_FAILED" })]));
  expect(lines).toEqual([
    `  UPDATE_FAILED (UPDATE_FAILED), 1 account: ${account(1)}`,
    expect.stringMatching(/^ {4}Next: open AWS Config/),
  ]);
});

test.each(["constructor", "__proto__", "toString", "", "hasOwnProperty"])(
  "the error code %p gets the general next step",
  (errorCode) => {
    expect(report(statusOf(all(failing(1), { errorCode })), notPassed)).toContain("Next: open AWS Config");
  },
);

test("a name or a code that looks like a part of the list is quoted", () => {
  const accountName = `a), ${account(9)} (prod`;
  const errorCode = `E (CREATE_FAILED), 2 accounts: ${account(8)}`;
  expect(linesOf(statusOf(all(failing(1), { accountName, errorCode })))[1]).toBe(
    `  "${errorCode}" (CREATE_FAILED), 1 account: ${account(1)} ("${accountName}")`,
  );
});

test("an account's unit and owner follow its name, each quoted where it looks like a part of the list", () => {
  const accountIds = [account(1)];
  const status: PackStatus = {
    ...statusOf(all(failing(2), { accountName: "payments", errorCode: "X" })),
    organizationalUnits: [
      { id: "r-ab12", accountIds: [] },
      { id: "ou-ab12-workload", name: "Work, loads", parentId: "r-ab12", accountIds },
    ],
    accountOwners: { owners: [{ owner: "Ann\n::error::x", accountIds }] },
  };
  expect(linesOf(status)[1]).toBe(
    `  X (CREATE_FAILED), 2 accounts: ${account(1)} (payments, in "Work, loads", owner "Ann : :error::x"), ${account(2)} (payments)`,
  );
});

test("why owners are missing is noted where accounts are listed, and nowhere else", () => {
  const accountOwners = { owners: [], warning: "The owner of 1 account\ncould not be read." };
  const notesOf = (status: PackStatus) =>
    linesOf({ ...status, accountOwners }).filter((line) => line.includes("owner"));
  expect(notesOf(statusOf(failing(1)))).toEqual(["  Note: The owner of 1 account could not be read."]);
  expect(notesOf(statusOf([row()], { aggregate: "CREATE_FAILED" }))).toEqual([]);
});

test("what is passed over is noted beside what is not", () => {
  const regions = withoutAnswer("regionUnanswered", true);
  const notesOf = (status: PackStatus) => linesOf(status).filter((line) => line.includes("Note"));
  const { remaining } = decide(statusOf(failing(1), { regions }), silent(4));
  expect(notesOf(remaining)).toEqual([expect.stringMatching(/^ {2}Note: eu-west-1 /)]);
  expect(notesOf(statusOf(failing(1)))).toEqual([]);
});

test("the first message of a code is shown, and the others are counted", () => {
  const members = failing(3).map((member, index) => ({
    ...member,
    errorCode: "X",
    errorMessage: ["first", "second", "third"][index] ?? "",
  }));
  expect(linesOf(statusOf(members))).toContain("    AWS says: first (and 2 other messages)");
});

test.each([
  [20, undefined, 20, undefined],
  [21, undefined, 20, "and 1 more"],
  [250, 3, 3, "and 247 more"],
])("of %d accounts, with maxAccountsShown %p, %d are shown", (count, maxAccountsShown, shown, more) => {
  const line = linesOf(statusOf(failing(count)), { maxAccountsShown })[1] ?? "";
  expect(line.match(/\d{12}/g)).toHaveLength(shown);
  expect(/and \d+ more$/.exec(line)?.[0]).toBe(more);
});

test.each([
  [10, undefined, 10, undefined],
  [12, undefined, 10, "  and 2 accounts with 2 other causes"],
  [4, 3, 3, "  and 1 account with 1 other cause"],
])("of %d causes, with maxGroupsShown %p, %d are shown", (count, maxGroupsShown, shown, last) => {
  const members = failing(count).map((member, index) => ({ ...member, errorCode: `Code${String(index)}` }));
  const lines = linesOf(statusOf(members), { maxGroupsShown });
  expect(lines.filter((line) => /^ {2}Code/.test(line))).toHaveLength(shown);
  expect(lines.find((line) => line.includes("other cause"))).toBe(last);
});

test("many causes of failures hide no account that is missing", () => {
  const members = failing(12).map((member, index) => ({ ...member, errorCode: `Code${String(index)}` }));
  expect(linesOf(statusOf(members, { expected: [account(99)] })).join("\n")).toContain(account(99));
});

test.each(hostileTexts)("%j is sanitized in every field", (hostile) => {
  const fields = { conformancePackName: hostile, errorCode: hostile, errorMessage: hostile, lastUpdateTime: hostile };
  const members: MemberStatus[] = [
    row({ ...fields, status: "CREATE_FAILED" }),
    row({ ...fields, accountId: account(2), status: hostile }),
    row({ ...fields, accountId: hostile, status: "CREATE_IN_PROGRESS" }),
  ];
  const failure = { code: "regionUnanswered", message: hostile, nextStep: "Look there.", requestId: hostile } as const;
  const status = {
    ...statusOf(members, {
      regions: [
        { region: "us-east-1", expectation: expectListed([hostile, account(9)]) },
        { region: hostile, failure },
      ],
    }),
    name: hostile,
  };
  for (const line of linesOf(status)) expect(line).not.toMatch(harm);
  const plain = members.map((member) => ({ ...member, errorCode: "Code", errorMessage: "Text." }));
  expect(linesOf(statusOf(members))).toHaveLength(linesOf(statusOf(plain)).length);
});

describe("with settings of your own", () => {
  const own = {
    contact: "#cloud-governance\n##vso[x]",
    runbookUrl: "https://wiki.example.com/packs",
    nextSteps: { AccessDeniedException: "ask the network team.", constructor: "never." },
  };

  test("a report ends with whom to ask, and shows your own next step for the error code", () => {
    const failed = (number: number, errorCode: string) =>
      row({ accountId: account(number), status: "CREATE_FAILED", errorCode });
    const status = statusOf([failed(1, "AccessDeniedException"), failed(2, "NoSuchBucketException")]);
    const lines = linesOf(status, own);
    expect(lines.slice(-2)).toEqual([
      "    Ask: #cloud-governance # #vso[x]",
      "    Runbook: https://wiki.example.com/packs",
    ]);
    expect(lines).toContain("    Next: ask the network team.");
    expect(lines.filter((line) => line.startsWith("    Next: create the bucket"))).toHaveLength(1);
  });
});
