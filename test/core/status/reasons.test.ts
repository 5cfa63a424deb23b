import { decide } from "../../../core/gate/decide";
import { report } from "../../../core/gate/report";
import { isSettled, isSettledInAgreement } from "../../../core/gate/settled";
import type { Tolerance } from "../../../core/gate/tolerance";
import type { PackStatus } from "../../../core/status/packStatus";
import { type LiftedBy, reason, type ReasonCode, reasonRules, ruleOf } from "../../../core/status/reasons";
import { notPassed } from "../../../core/status/verdict";
import { silent } from "../../builders/exceptions";
import { account, all, failing, row, rows } from "../../builders/members";
import { expecting, inRegions, statusOf, withoutAnswer } from "../../builders/packStatus";
import { harm, hostileTexts } from "../text/hostileText";

const updating = { status: "UPDATE_IN_PROGRESS" };
const two = inRegions("us-east-1", "eu-west-1");

/** For each reason, a status that has it, and its sentence. */
const examples: Readonly<Record<ReasonCode, readonly [status: PackStatus, sentence: string]>> = {
  membersFailed: [
    statusOf([...failing(3, 4), ...all(failing(1, 4), { region: "eu-west-1" })], { regions: two }),
    "3 of 4 accounts failed, in 2 of 2 regions.",
  ],
  aggregateFailed: [
    statusOf(rows("CREATE_SUCCESSFUL"), {
      regions: [
        {
          region: "us-east-1",
          aggregate: { status: "CREATE_FAILED", errorCode: "X", errorMessage: "No\n::error::x" },
        },
      ],
    }),
    "AWS reports the pack in us-east-1 as CREATE_FAILED, although no row failed (X: No : :error::x).",
  ],
  packDeleteFailed: [
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "DELETE_FAILED" }),
    "AWS reports the pack in us-east-1 as DELETE_FAILED.",
  ],
  membersInProgress: [statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL")), "1 of 2 accounts is in progress."],
  membersStuck: [
    statusOf(rows("CREATE_IN_PROGRESS"), { stuckAfterMinutes: 1 }),
    "1 account is stuck: in progress for more than 1 minute, or for an unknown time (1).",
  ],
  aggregateInProgress: [
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" }),
    "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, although no row is in progress: an update has not reached all accounts yet.",
  ],
  membersOutdated: [
    statusOf(rows("UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" }),
    "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, and 1 account there is not updated yet.",
  ],
  noSuchPack: [statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("noSuchPack") }), "eu-west-1 says no."],
  regionUnanswered: [
    statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered", true) }),
    "eu-west-1 says no.",
  ],
  noMembers: [statusOf([]), "No account is a member of the pack in us-east-1: AWS shows no row."],
  accountsMissing: [
    statusOf(rows("CREATE_SUCCESSFUL"), { regions: expecting(1, 2) }),
    "1 expected account is missing.",
  ],
  statusUnknown: [
    statusOf(rows("PAUSED", "CREATE_SUCCESSFUL", "HELD", "PAUSED")),
    "3 of 4 accounts have a status that this version does not know: HELD, PAUSED.",
  ],
  packDeleting: [
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "DELETE_IN_PROGRESS" }),
    "AWS reports the pack in us-east-1 as DELETE_IN_PROGRESS.",
  ],
  packDeleted: [
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "DELETE_SUCCESSFUL" }),
    "AWS reports the pack in us-east-1 as DELETE_SUCCESSFUL.",
  ],
  aggregateUnknown: [
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "PAUSED" }),
    "AWS reports the pack in us-east-1 as PAUSED, which this version does not know.",
  ],
  statusesFiltered: [
    statusOf(rows("CREATE_SUCCESSFUL"), { onlyStatuses: ["CREATE_SUCCESSFUL", "UPDATE_FAILED"] }),
    "Only rows that are CREATE_SUCCESSFUL or UPDATE_FAILED were read; the others are unknown.",
  ],
  successfulOmitted: [
    statusOf([], { regions: [{ region: "us-east-1", hasSuccessful: true }], successfulOmitted: true }),
    "Only failed and unfinished rows were read. For all others, AWS's status of the whole pack counts.",
  ],
  accountsFiltered: [
    statusOf(rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), { onlyAccounts: [account(1), account(2)] }),
    "Only 2 accounts are judged: accountIds leaves out all others.",
  ],
  aggregateDisagrees: [
    statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"), { aggregate: "CREATE_SUCCESSFUL" }),
    "AWS reports the pack in us-east-1 as CREATE_SUCCESSFUL, although 1 account failed and 2 accounts are in progress.",
  ],
  othersFailed: [
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_FAILED", onlyAccounts: [account(1)] }),
    "AWS reports the pack in us-east-1 as CREATE_FAILED, possibly because of accounts that accountIds leaves out.",
  ],
  unansweredTolerated: [
    decide(
      statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered", true) }),
      { unanswered: { reason: "Ann decided it.", expires: "2026-03-15T20:00Z" } },
      new Date("2026-03-15T12:00:00Z"),
    ).remaining,
    "eu-west-1 says no. Nothing is known of its accounts. It passes until 2026-03-15T20:00Z because of tolerate.unanswered: Ann decided it.",
  ],
  accountsUnexpected: [
    statusOf(rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), { regions: expecting(1) }),
    "1 row of unexpected accounts: 1 not listed.",
  ],
  rowsChanged: [
    statusOf(rows("CREATE_SUCCESSFUL"), { remarks: [reason("rowsChanged", { message: "A row changed." })] }),
    "A row changed.",
  ],
  packNamesDiffer: [
    statusOf(rows("CREATE_SUCCESSFUL"), { remarks: [reason("packNamesDiffer", { message: "Names differ." })] }),
    "Names differ.",
  ],
};

describe.each(Object.entries(examples) as [ReasonCode, (typeof examples)[ReasonCode]][])(
  "the reason %s",
  (code, [judged, sentence]) => {
    const everyone = { id: "ou-root-everyone", accountIds: [1, 2, 3, 4].map(account) };
    const status: PackStatus = { ...judged, organizationalUnits: [everyone] };
    const rule = ruleOf({ code });
    const given = status.reasons.filter((each) => each.code === code);
    /** The same status, with no other reason. */
    const alone: PackStatus = { ...status, verdict: rule.verdict, reasons: given };

    test("has its verdict and its sentence", () => {
      expect(given).toMatchObject([{ verdict: rule.verdict, message: sentence }]);
    });

    test("is lifted by the settings of its rule, and by no other", () => {
      const settings: Readonly<Record<LiftedBy, Tolerance>> = {
        accounts: { accounts: [1, 2, 3, 4].map((number) => ({ accountId: account(number), reason: "Legacy." })) },
        organizationalUnits: { organizationalUnits: [{ id: "ou-root-everyone", reason: "Legacy." }] },
        maxFailedAccounts: { maxFailedAccounts: 50_000 },
        maxFailedPercent: { maxFailedPercent: 100 },
        inProgress: { inProgress: "allow" },
        noSuchPack: { noSuchPack: "allow" },
        unanswered: silent(4),
      };
      const lifting = Object.entries(settings).flatMap(([name, tolerate]) =>
        decide(status, tolerate).reasons.some((each) => each.code === code) ? [] : [name],
      );
      expect(lifting).toEqual(rule.liftedBy);
    });

    test("keeps a wait going as its rule says", () => {
      expect([isSettled(alone), isSettledInAgreement(alone)]).toEqual(
        { yes: [false, false], onceWaiting: [true, false], no: [true, true] }[rule.waitedFor],
      );
    });

    test("is reported with a next step, unless it is a remark", () => {
      const text = report(alone, notPassed);
      if (rule.verdict === "PASSED") {
        expect(text).toBeUndefined();
        return;
      }
      expect(text?.split("\n")[0]).toContain(sentence);
      expect(text).toContain(`    Next: ${rule.nextStep ?? ""}`);
    });
  },
);

test.each<[what: string, status: PackStatus, sentences: readonly string[]]>([
  ["one account of one", statusOf(failing(1)), ["1 of 1 account failed."]],
  [
    "an account that failed in both regions, once",
    statusOf([...failing(1, 2), ...all(failing(1, 2), { region: "eu-west-1" })], { regions: two }),
    ["1 of 2 accounts failed, in 2 of 2 regions."],
  ],
  [
    "the regions in which accounts failed",
    statusOf([...failing(1, 2), ...all(failing(0, 2), { region: "eu-west-1" })], { regions: two }),
    ["1 of 2 accounts failed, in 1 of 2 regions."],
  ],
  [
    "members, and not former ones",
    statusOf(rows("CREATE_FAILED", "DELETE_SUCCESSFUL", "CREATE_SUCCESSFUL")),
    ["1 of 2 accounts failed."],
  ],
  [
    "no total where rows were filtered by their status",
    statusOf(failing(1), { onlyStatuses: ["CREATE_FAILED"], aggregate: "UPDATE_FAILED" }),
    ["1 account failed.", "Only rows that are CREATE_FAILED were read; the others are unknown."],
  ],
  [
    "no total where successful rows were left out",
    statusOf(rows("UPDATE_IN_PROGRESS"), {
      regions: [{ region: "us-east-1", aggregate: updating, hasSuccessful: true }],
      successfulOmitted: true,
    }),
    [
      "1 account is in progress.",
      "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS.",
      "Only failed and unfinished rows were read. For all others, AWS's status of the whole pack counts.",
    ],
  ],
  [
    "accounts that are stuck in two regions",
    statusOf([...rows("CREATE_IN_PROGRESS"), row({ region: "eu-west-1", status: "CREATE_IN_PROGRESS" })], {
      regions: two,
      stuckAfterMinutes: 5,
    }),
    [
      "1 of 1 account is in progress, in 2 of 2 regions.",
      "1 account is stuck, in 2 of 2 regions: in progress for more than 5 minutes, or for an unknown time (1).",
    ],
  ],
  [
    "stuck accounts with a time",
    statusOf(all(rows("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"), { lastUpdateTime: "2020-01-01T00:00:00.000Z" }), {
      stuckAfterMinutes: 45,
    }),
    ["2 of 2 accounts are in progress.", "2 accounts are stuck: in progress for more than 45 minutes."],
  ],
  [
    "an account with an unknown status",
    statusOf(rows("CREATE_SUCCESSFUL", "\n::error::x")),
    ["1 of 2 accounts has a status that this version does not know: : :error::x."],
  ],
  [
    "missing accounts of two regions",
    statusOf(rows("CREATE_SUCCESSFUL"), { regions: [...expecting(2, 3), { region: "eu-west-1" }] }),
    [
      "2 expected accounts are missing, in 1 of 2 regions.",
      "No account is a member of the pack in eu-west-1: AWS shows no row.",
      "1 row of unexpected accounts: 1 not listed.",
    ],
  ],
  [
    "former members",
    statusOf(rows("DELETE_SUCCESSFUL")),
    ["No account is a member of the pack in us-east-1: AWS shows only former members."],
  ],
  [
    "an aggregate that failed without an error",
    statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_FAILED" }),
    ["AWS reports the pack in us-east-1 as CREATE_FAILED, although no row failed."],
  ],
  [
    "an aggregate that failed over filtered rows",
    statusOf([], { aggregate: "UPDATE_FAILED", onlyStatuses: ["CREATE_FAILED"] }),
    [
      "AWS reports the pack in us-east-1 as UPDATE_FAILED, although no row that was read failed.",
      "Only rows that are CREATE_FAILED were read; the others are unknown.",
    ],
  ],
  [
    "an aggregate in progress over filtered rows",
    statusOf([], { aggregate: "UPDATE_IN_PROGRESS", onlyStatuses: ["CREATE_FAILED"] }),
    [
      "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, although no row that was read is in progress.",
      "Only rows that are CREATE_FAILED were read; the others are unknown.",
    ],
  ],
  [
    "a success over a row in progress",
    statusOf(rows("CREATE_IN_PROGRESS"), { aggregate: "CREATE_SUCCESSFUL" }),
    [
      "1 of 1 account is in progress.",
      "AWS reports the pack in us-east-1 as CREATE_SUCCESSFUL, although 1 account is in progress.",
    ],
  ],
  ["no region", statusOf([], { regions: [] }), ["No region answered."]],
  [
    "unexpected members by cause",
    statusOf(rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), {
      regions: [
        {
          region: "us-east-1",
          expectation: {
            required: new Set(),
            optional: new Set(),
            unexpected: new Map([
              [account(1), "notActive"],
              [account(2), "excluded"],
            ]),
            otherwise: "notInOrganization",
          },
        },
      ],
    }),
    ["3 rows of unexpected accounts: 1 excluded, 1 not active in the organization, 1 not in the organization."],
  ],
])("the sentences name %s", (_what, { reasons }, sentences) => {
  expect(reasons.map(({ message }) => message)).toEqual(sentences);
});

test("a code is lifted by exceptions for accounts when it is about rows", () => {
  const rules = Object.entries<{ rows?: string; liftedBy: readonly string[] }>(reasonRules);
  expect(
    rules.filter(([, { rows: about, liftedBy }]) => liftedBy.includes("accounts") !== (about !== undefined)),
  ).toEqual([]);
});

test.each(hostileTexts)("an aggregate of %j is sanitized", (hostile) => {
  for (const status of [hostile, "CREATE_FAILED"]) {
    const aggregate = { status, errorCode: hostile, errorMessage: hostile };
    const { reasons } = statusOf(rows("CREATE_SUCCESSFUL"), { regions: [{ region: "us-east-1", aggregate }] });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]?.message).not.toMatch(harm);
  }
});
