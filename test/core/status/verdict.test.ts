import fc from "fast-check";
import type { AggregateStatus } from "../../../core/status/aggregateStatus";
import { expectListed, type Expectation } from "../../../core/status/expectation";
import type { MemberStatus } from "../../../core/status/memberStatus";
import { organizationResourceDetailedStatuses, outcomeOf } from "../../../core/status/detailedStatus";
import type { Evidence, RegionEvidence } from "../../../core/status/evidence";
import { judge } from "../../../core/status/judge";
import type { Judgement } from "../../../core/status/judgement";
import { reason, type ReasonCode } from "../../../core/status/reasons";
import type { Verdict } from "../../../core/status/verdict";
import { harm, hostileTexts } from "../text/hostileText";
import { account, row, rows } from "../../builders/members";

const regions: readonly RegionEvidence[] = [{ region: "us-east-1" }];
const both: readonly RegionEvidence[] = [{ region: "us-east-1" }, { region: "eu-west-1" }];

/** us-east-1, where these accounts are expected. */
const expecting = (...numbers: readonly number[]): RegionEvidence[] => [
  { region: "us-east-1", expectation: expectListed(numbers.map(account)) },
];

const codesOf = ({ reasons }: Judgement) => reasons.map(({ code }) => code);

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

type Case = [verdict: Verdict, what: string, evidence: Evidence, codes: ReasonCode[]];

const oneAndTwo: Evidence = {
  regions: [
    { region: "eu-west-1", expectation: expectListed([account(1), account(2)]) },
    { region: "us-east-1", expectation: expectListed([account(1), account(2)]) },
  ],
  members: [row(), row({ region: "eu-west-1" }), row({ accountId: account(2) })],
};

const silent = (code: "noSuchPack" | "regionUnanswered"): RegionEvidence[] => [
  ...regions,
  { region: "eu-west-1", failure: { code, message: "eu-west-1 says no.", nextStep: "Look there." } },
];

test.each<Case>([
  ["PASSED", "all that are expected", { regions: expecting(1), members: rows("CREATE_SUCCESSFUL") }, []],
  [
    "INCOMPLETE",
    "an expected account without a row",
    { regions: expecting(1, 2), members: rows("CREATE_SUCCESSFUL") },
    ["accountsMissing"],
  ],
  [
    "INCOMPLETE",
    "an expected account that is deleted",
    { regions: expecting(1, 2), members: rows("CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL") },
    ["accountsMissing"],
  ],
  ["INCOMPLETE", "an expected account with a row in one region of two", oneAndTwo, ["accountsMissing"]],
  [
    "FAILED",
    "a failure beside a missing account",
    { regions: expecting(1, 2), members: rows("CREATE_FAILED") },
    ["membersFailed", "accountsMissing"],
  ],
  ["INCOMPLETE", "a region without a row", { regions: both, members: rows("CREATE_SUCCESSFUL") }, ["noMembers"]],
  [
    "INCOMPLETE",
    "a region with former members only",
    { regions: both, members: [row(), row({ region: "eu-west-1", status: "DELETE_SUCCESSFUL" })] },
    ["noMembers"],
  ],
  ["INCOMPLETE", "no region", { regions: [], members: [] }, ["regionUnanswered"]],
  [
    "INCOMPLETE",
    "rows filtered by a status",
    { regions, members: rows("CREATE_SUCCESSFUL"), onlyStatuses: ["CREATE_SUCCESSFUL"] },
    ["statusesFiltered"],
  ],
  [
    "INCOMPLETE",
    "a filter that finds nothing",
    { regions, members: [], onlyStatuses: ["CREATE_FAILED"] },
    ["statusesFiltered"],
  ],
  [
    "FAILED",
    "a filter that finds a failure",
    { regions, members: rows("CREATE_FAILED"), onlyStatuses: ["CREATE_FAILED"] },
    ["membersFailed", "statusesFiltered"],
  ],
  [
    "INCOMPLETE",
    "a region that does not answer",
    { regions: silent("regionUnanswered"), members: rows("CREATE_SUCCESSFUL") },
    ["regionUnanswered"],
  ],
  [
    "INCOMPLETE",
    "a region without the pack",
    { regions: silent("noSuchPack"), members: rows("CREATE_SUCCESSFUL") },
    ["noSuchPack"],
  ],
  [
    "IN_PROGRESS",
    "a silent region and an unfinished row",
    { regions: silent("regionUnanswered"), members: rows("CREATE_IN_PROGRESS") },
    ["membersInProgress", "regionUnanswered"],
  ],
  [
    "PASSED",
    "rows that changed while they were read",
    { regions, members: rows("CREATE_SUCCESSFUL"), remarks: [reason("rowsChanged", { message: "A row changed." })] },
    ["rowsChanged"],
  ],
  [
    "PASSED",
    "rows of one account with different pack names",
    { regions, members: rows("CREATE_SUCCESSFUL"), remarks: [reason("packNamesDiffer", { message: "Names differ." })] },
    ["packNamesDiffer"],
  ],
  [
    "PASSED",
    "some accounts only",
    { regions, members: rows("CREATE_SUCCESSFUL"), onlyAccounts: [account(1)] },
    ["accountsFiltered"],
  ],
  [
    "PASSED",
    "an account that is not expected",
    { regions: expecting(1), members: rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL") },
    ["accountsUnexpected"],
  ],
])("%s: %s", (verdict, _what, evidence, codes) => {
  const judgement = judge(evidence);
  expect(judgement.verdict).toBe(verdict);
  expect(codesOf(judgement)).toEqual(codes);
});

const putAt = "2026-01-01T12:00:00.000Z";
const before = "2026-01-01T11:59:59.999Z";
const after = "2026-01-01T12:00:00.001Z";

/** Rows of these statuses, all changed at the same time. */
const rowsAt = (lastUpdateTime: string, ...statuses: readonly string[]) =>
  rows(...statuses).map((member) => ({ ...member, lastUpdateTime }));

describe("the aggregate", () => {
  const only = { onlyAccounts: [account(1), account(2)] };
  const filtered = { onlyStatuses: ["CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"] };

  type AggregateCase = [
    what: string,
    aggregate: string,
    members: readonly MemberStatus[],
    verdict: Verdict,
    codes: ReasonCode[],
    others?: Partial<Evidence>,
  ];

  test.each<AggregateCase>([
    ["successful over clean rows", "CREATE_SUCCESSFUL", rows("CREATE_SUCCESSFUL"), "PASSED", []],
    ["updated over rows of both", "UPDATE_SUCCESSFUL", rows("UPDATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), "PASSED", []],
    [
      "successful beside a former member",
      "UPDATE_SUCCESSFUL",
      rows("UPDATE_SUCCESSFUL", "DELETE_SUCCESSFUL"),
      "PASSED",
      [],
    ],
    ["successful over no row", "CREATE_SUCCESSFUL", [], "INCOMPLETE", ["noMembers"]],
    [
      "successful over a failed row",
      "CREATE_SUCCESSFUL",
      rows("CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "aggregateDisagrees"],
    ],
    [
      "successful over an unfinished row",
      "UPDATE_SUCCESSFUL",
      rows("UPDATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"),
      "IN_PROGRESS",
      ["membersInProgress", "aggregateDisagrees"],
    ],
    ["successful over an unknown row", "CREATE_SUCCESSFUL", rows("CREATE_PAUSED"), "INCOMPLETE", ["statusUnknown"]],
    ["failed over clean rows", "CREATE_FAILED", rows("CREATE_SUCCESSFUL"), "FAILED", ["aggregateFailed"]],
    [
      "failed over an unfinished row",
      "UPDATE_FAILED",
      rows("UPDATE_IN_PROGRESS"),
      "FAILED",
      ["aggregateFailed", "membersInProgress"],
    ],
    ["failed over no row", "CREATE_FAILED", [], "FAILED", ["aggregateFailed", "noMembers"]],
    [
      "failed over a failed row",
      "CREATE_FAILED",
      rows("CREATE_SUCCESSFUL", "CREATE_FAILED"),
      "FAILED",
      ["membersFailed"],
    ],
    ["a failed deletion over clean rows", "DELETE_FAILED", rows("CREATE_SUCCESSFUL"), "FAILED", ["packDeleteFailed"]],
    [
      "a failed deletion over a failed row",
      "DELETE_FAILED",
      rows("CREATE_SUCCESSFUL", "DELETE_FAILED"),
      "FAILED",
      ["membersFailed", "packDeleteFailed"],
    ],
    [
      "a failed deletion, of some accounts that are clean",
      "DELETE_FAILED",
      rows("CREATE_SUCCESSFUL"),
      "FAILED",
      ["packDeleteFailed", "accountsFiltered"],
      only,
    ],
    [
      "a failed deletion, of those that are leaving alone",
      "DELETE_FAILED",
      rows("DELETE_FAILED", "DELETE_IN_PROGRESS"),
      "FAILED",
      ["membersFailed", "packDeleteFailed", "membersInProgress", "noMembers"],
    ],
    [
      "failed, of some accounts that are clean",
      "CREATE_FAILED",
      rows("CREATE_SUCCESSFUL"),
      "PASSED",
      ["accountsFiltered", "othersFailed"],
      only,
    ],
    [
      "failed, of some accounts of which one failed",
      "CREATE_FAILED",
      rows("CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "accountsFiltered"],
      only,
    ],
    [
      "failed, of some statuses",
      "CREATE_FAILED",
      rows("CREATE_SUCCESSFUL"),
      "FAILED",
      ["aggregateFailed", "statusesFiltered"],
      filtered,
    ],
    [
      "in progress over finished, newer rows",
      "UPDATE_IN_PROGRESS",
      rowsAt(after, "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["aggregateInProgress"],
    ],
    [
      "in progress over finished, older rows",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "CREATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["aggregateInProgress"],
    ],
    ["in progress over no row", "CREATE_IN_PROGRESS", [], "IN_PROGRESS", ["aggregateInProgress", "noMembers"]],
    [
      "in progress over a failed row",
      "CREATE_IN_PROGRESS",
      rowsAt(after, "CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "aggregateInProgress"],
    ],
    [
      "a deletion that goes on",
      "DELETE_IN_PROGRESS",
      rowsAt(after, "CREATE_SUCCESSFUL"),
      "INCOMPLETE",
      ["packDeleting"],
    ],
    [
      "in progress, as a row is, and the other row newer",
      "UPDATE_IN_PROGRESS",
      rowsAt(after, "UPDATE_IN_PROGRESS", "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress"],
    ],
    [
      "in progress, as a row is, and the other row as new",
      "UPDATE_IN_PROGRESS",
      rowsAt(putAt, "UPDATE_IN_PROGRESS", "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress"],
    ],
    [
      "in progress, as a row is, and the other row older",
      "UPDATE_IN_PROGRESS",
      [...rowsAt(before, "UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL")],
      "IN_PROGRESS",
      ["membersInProgress", "membersOutdated"],
    ],
    [
      "in progress, as a row is, and the other row without a time",
      "UPDATE_IN_PROGRESS",
      rows("UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress", "membersOutdated"],
    ],
    [
      "in progress, as a row is, and a failed row older",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "UPDATE_IN_PROGRESS", "CREATE_FAILED"),
      "FAILED",
      ["membersFailed", "membersInProgress", "membersOutdated"],
    ],
    [
      "in progress, as a row is, and a former member older",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "UPDATE_IN_PROGRESS", "DELETE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersInProgress"],
    ],
    [
      "in progress, of some accounts that are newer",
      "UPDATE_IN_PROGRESS",
      rowsAt(after, "UPDATE_SUCCESSFUL"),
      "PASSED",
      ["accountsFiltered"],
      only,
    ],
    [
      "in progress, of some accounts that are older",
      "UPDATE_IN_PROGRESS",
      rowsAt(before, "UPDATE_SUCCESSFUL"),
      "IN_PROGRESS",
      ["membersOutdated", "accountsFiltered"],
      only,
    ],
    [
      "in progress, of some statuses",
      "UPDATE_IN_PROGRESS",
      [],
      "IN_PROGRESS",
      ["aggregateInProgress", "statusesFiltered"],
      filtered,
    ],
    [
      "successful, of some statuses, over a row that is unfinished",
      "UPDATE_SUCCESSFUL",
      rows("UPDATE_IN_PROGRESS"),
      "IN_PROGRESS",
      ["membersInProgress", "statusesFiltered", "aggregateDisagrees"],
      filtered,
    ],
    ["deleted over clean rows", "DELETE_SUCCESSFUL", rows("CREATE_SUCCESSFUL"), "INCOMPLETE", ["packDeleted"]],
    ["a word that is not known", "CREATE_PAUSED", rows("CREATE_SUCCESSFUL"), "INCOMPLETE", ["aggregateUnknown"]],
    ["a word of an object", "constructor", rows("CREATE_SUCCESSFUL"), "INCOMPLETE", ["aggregateUnknown"]],
  ])("%s: %s", (_what, status, members, verdict, codes, others = {}) => {
    const aggregate = { status, lastUpdateTime: putAt };
    const judgement = judge({ regions: [{ region: "us-east-1", aggregate }], members, ...others });
    expect(judgement.verdict).toBe(verdict);
    expect(codesOf(judgement)).toEqual(codes);
    expect(judgement.regionStatuses).toMatchObject([{ region: "us-east-1", aggregate }]);
    const said = judgement.reasons.filter(({ code }) => /^(aggregate|pack)|Outdated|others/.test(code));
    for (const reason of said) {
      expect(reason.region).toBe("us-east-1");
      expect(reason.message).toMatch(new RegExp(`^AWS reports the pack in us-east-1 as ${status}\\b`));
    }
  });

  test("in progress since a time that is not told: nothing says that a row is newer", () => {
    const aggregate = { status: "UPDATE_IN_PROGRESS" };
    const members = rowsAt(after, "UPDATE_IN_PROGRESS", "UPDATE_SUCCESSFUL");
    expect(codesOf(judge({ regions: [{ region: "us-east-1", aggregate }], members }))).toContain("membersOutdated");
  });

  test.each<[aggregate: AggregateStatus, said: string]>([
    [{ status: "CREATE_FAILED" }, "CREATE_FAILED, although no row failed."],
    [{ status: "CREATE_FAILED", errorCode: "X" }, "CREATE_FAILED, although no row failed (X)."],
    [
      { status: "CREATE_FAILED", errorCode: "X", errorMessage: "No\n::error::x" },
      "CREATE_FAILED, although no row failed (X: No : :error::x).",
    ],
  ])("what AWS says of the failure %j is told", (aggregate, said) => {
    const { reasons } = judge({ regions: [{ region: "us-east-1", aggregate }], members: rows("CREATE_SUCCESSFUL") });
    expect(reasons.map(({ message }) => message)).toEqual([`AWS reports the pack in us-east-1 as ${said}`]);
  });

  test("a contradiction is counted, in the singular and the plural", () => {
    const messageOf = (...statuses: readonly string[]) =>
      judge({
        regions: [{ region: "us-east-1", aggregate: { status: "CREATE_SUCCESSFUL" } }],
        members: rows(...statuses),
      }).reasons.at(-1)?.message;
    expect(messageOf("CREATE_FAILED", "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS")).toBe(
      "AWS reports the pack in us-east-1 as CREATE_SUCCESSFUL, although 1 row failed and 2 rows are in progress.",
    );
    expect(messageOf("CREATE_FAILED", "UPDATE_FAILED")).toMatch(/although 2 rows failed\.$/);
    expect(messageOf("CREATE_IN_PROGRESS")).toMatch(/although 1 row is in progress\.$/);
  });

  test("each region is judged by its own aggregate", () => {
    const judgement = judge({
      regions: [
        { region: "us-east-1", aggregate: { status: "CREATE_SUCCESSFUL" } },
        { region: "eu-west-1", aggregate: { status: "CREATE_FAILED" } },
      ],
      members: [row(), row({ region: "eu-west-1" })],
    });
    expect(judgement.reasons).toMatchObject([{ code: "aggregateFailed", region: "eu-west-1" }]);
  });
});

test("a region's failure is its error and its reason, hides nothing of the others, and is not taken for emptiness", () => {
  const failure = { code: "regionUnanswered", message: "eu-west-1 did not answer.", nextStep: "Ask again." } as const;
  const judgement = judge({
    regions: [
      { region: "us-east-1", aggregate: { status: "CREATE_FAILED" }, expectation: expectListed([account(1)]) },
      { region: "eu-west-1", expectation: expectListed([account(1)]), failure },
      { region: "eu-west-2", failure: { code: "noSuchPack", message: "None in eu-west-2.", nextStep: "Put it." } },
    ],
    members: rows("CREATE_FAILED"),
  });
  expect(judgement).toMatchObject({ verdict: "FAILED", missing: [], unexpected: [] });
  expect(judgement.reasons).toEqual([
    { verdict: "FAILED", code: "membersFailed", message: "1 of 1 row failed." },
    { verdict: "INCOMPLETE", code: "regionUnanswered", region: "eu-west-1", message: failure.message },
    { verdict: "INCOMPLETE", code: "noSuchPack", region: "eu-west-2", message: "None in eu-west-2." },
  ]);
  const none = { total: 0, successful: 0, failed: 0, inProgress: 0, deleted: 0, unrecognized: 0 };
  expect(judgement.regionStatuses).toEqual([
    { region: "us-east-1", counts: { ...none, total: 1, failed: 1 }, aggregate: { status: "CREATE_FAILED" } },
    { region: "eu-west-1", counts: none, error: failure.message, nextStep: "Ask again." },
    { region: "eu-west-2", counts: none, error: "None in eu-west-2.", nextStep: "Put it." },
  ]);
});

test("rows are counted in each region, and in all", () => {
  const { counts, regionStatuses } = judge({
    regions: both,
    members: [
      ...rows("CREATE_SUCCESSFUL", "CREATE_FAILED", "CREATE_FAILED", "DELETE_SUCCESSFUL"),
      ...rows("UPDATE_IN_PROGRESS", "CREATE_PAUSED").map((member) => ({ ...member, region: "eu-west-1" })),
    ],
  });
  expect(counts).toEqual({ total: 6, successful: 1, failed: 2, inProgress: 1, deleted: 1, unrecognized: 1 });
  expect(regionStatuses).toEqual([
    {
      region: "us-east-1",
      counts: { total: 4, successful: 1, failed: 2, inProgress: 0, deleted: 1, unrecognized: 0 },
    },
    {
      region: "eu-west-1",
      counts: { total: 2, successful: 0, failed: 0, inProgress: 1, deleted: 0, unrecognized: 1 },
    },
  ]);
});

describe("stuckAfterMinutes", () => {
  const now = new Date("2026-01-01T12:00:00.000Z");

  test.each<[stuckAfterMinutes: number | undefined, member: Partial<MemberStatus>, isStuck: boolean]>([
    [30, { lastUpdateTime: "2026-01-01T11:29:59.999Z" }, true],
    [30, { lastUpdateTime: "2026-01-01T11:30:00.000Z" }, false],
    [0.5, { lastUpdateTime: "2026-01-01T11:59:29.999Z" }, true],
    [0.5, { lastUpdateTime: "2026-01-01T11:59:30.000Z" }, false],
    // Within what clocks may differ by, and beyond: then nothing says since when.
    [30, { lastUpdateTime: "2026-01-01T12:05:00.000Z" }, false],
    [30, { lastUpdateTime: "2026-01-01T12:05:00.001Z" }, true],
    [30, { lastUpdateTime: "9999-01-01T00:00:00.000Z" }, true],
    [undefined, { lastUpdateTime: "9999-01-01T00:00:00.000Z" }, false],
    [undefined, { lastUpdateTime: "2020-01-01T00:00:00.000Z" }, false],
    // AWS does not say since when.
    [30, {}, true],
    [30, { status: "CREATE_FAILED", lastUpdateTime: "2020-01-01T00:00:00.000Z" }, false],
    [30, { status: "CREATE_SUCCESSFUL", lastUpdateTime: "2020-01-01T00:00:00.000Z" }, false],
  ])("after %p minutes at noon, the row %j is stuck: %p", (stuckAfterMinutes, others, isStuck) => {
    const member = row({ status: "CREATE_IN_PROGRESS", ...others });
    const judgement = judge({ regions, members: [member], stuckAfterMinutes, now });
    expect(judgement.stuck).toEqual(isStuck ? [member] : []);
    expect(codesOf(judgement).includes("membersStuck")).toBe(isStuck);
  });

  test("says how many, and for longer than what", () => {
    const members = rowsAt("2026-01-01T11:00:00.000Z", "CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS");
    const messagesOf = (some: readonly MemberStatus[], stuckAfterMinutes: number) =>
      judge({ regions, members: some, stuckAfterMinutes, now }).reasons.map(({ message }) => message);
    expect(messagesOf(members, 45)).toEqual([
      "2 of 2 accounts are in progress.",
      "2 accounts are stuck: in progress for more than 45 minutes.",
    ]);
    expect(messagesOf([...members, ...rows("CREATE_IN_PROGRESS")], 45)[1]).toBe(
      "3 accounts are stuck: in progress for more than 45 minutes, or since when is not known (1).",
    );
    expect(messagesOf([...members, ...rowsAt("2026-01-01T13:00:00.000Z", "CREATE_IN_PROGRESS")], 45)[1]).toBe(
      "3 accounts are stuck: in progress for more than 45 minutes, or since when is not known (1).",
    );
    expect(messagesOf(members.slice(1), 1)).toEqual([
      "1 of 1 account is in progress.",
      "1 account is stuck: in progress for more than 1 minute.",
    ]);
  });
});

test.each([organizationResourceDetailedStatuses.slice(), ["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"]])(
  "rows filtered by statuses never pass: %j",
  (...onlyStatuses) => {
    const members = rows("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL");
    const { verdict, missing } = judge({ regions: expecting(9), members, onlyStatuses });
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
      code: "statusesFiltered",
      message: "Only rows that are CREATE_FAILED were gathered; nothing is known of the others.",
    },
  ]);
});

test.each<[what: string, evidence: Partial<Evidence>, messages: readonly string[]]>([
  ["no region", { regions: [] }, ["No region answered."]],
  [
    "two statuses alone",
    { members: rows("CREATE_FAILED"), onlyStatuses: ["CREATE_FAILED", "UPDATE_FAILED"] },
    [
      "1 of 1 account failed.",
      "Only rows that are CREATE_FAILED or UPDATE_FAILED were gathered; nothing is known of the others.",
    ],
  ],
  [
    "unknown statuses, in order",
    { members: rows("PAUSED", "CREATE_SUCCESSFUL", "HELD", "PAUSED") },
    ["3 of 4 accounts have a status that this version does not know: HELD, PAUSED."],
  ],
  [
    "an unknown status beside a success, which is a member",
    { members: rows("CREATE_SUCCESSFUL", "PAUSED") },
    ["1 of 2 accounts has a status that this version does not know: PAUSED."],
  ],
  [
    "some accounts alone",
    { members: rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), onlyAccounts: [account(1), account(2)] },
    ["Nothing but 2 accounts was asked for, by accountIds."],
  ],
  [
    "former members, and one that cannot leave",
    { members: rows("DELETE_SUCCESSFUL", "DELETE_FAILED") },
    ["1 of 2 accounts failed.", "No account is a member of the pack in us-east-1: AWS shows former members only."],
  ],
  [
    "rows of which the successful ones were left out, while AWS is at work",
    {
      regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_IN_PROGRESS" }, hasSuccessful: true }],
      members: rows("UPDATE_IN_PROGRESS"),
      successfulOmitted: true,
    },
    [
      "1 account is in progress.",
      "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS.",
      "Only failed and unfinished rows were gathered; for all others stands the pack's own status.",
    ],
  ],
  [
    "one row that an update has not reached",
    {
      regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_IN_PROGRESS" } }],
      members: rows("UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL"),
    },
    [
      "1 of 2 accounts is in progress.",
      "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, and 1 row there is older than that.",
    ],
  ],
  [
    "rows that are stuck in two regions",
    {
      regions: both,
      members: ["us-east-1", "eu-west-1"].map((region) => row({ region, status: "CREATE_IN_PROGRESS" })),
      stuckAfterMinutes: 5,
    },
    [
      "2 of 2 rows are in progress.",
      "2 rows are stuck: in progress for more than 5 minutes, or since when is not known (2).",
    ],
  ],
  [
    "a row of an account that is not listed",
    { regions: expecting(1), members: rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL") },
    ["1 row of accounts that are not expected: 1 not listed."],
  ],
  [
    "an aggregate that failed, where only some statuses were gathered",
    { regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_FAILED" } }], onlyStatuses: ["CREATE_FAILED"] },
    [
      "AWS reports the pack in us-east-1 as UPDATE_FAILED, although no row that was gathered failed.",
      "Only rows that are CREATE_FAILED were gathered; nothing is known of the others.",
    ],
  ],
  [
    "one that is in progress, where only some statuses were gathered",
    {
      regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_IN_PROGRESS" } }],
      onlyStatuses: ["CREATE_FAILED"],
    },
    [
      "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, although no row that was gathered is in progress.",
      "Only rows that are CREATE_FAILED were gathered; nothing is known of the others.",
    ],
  ],
  [
    "a success over one row that failed and one in progress",
    {
      regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_SUCCESSFUL" } }],
      members: rows("CREATE_FAILED", "UPDATE_IN_PROGRESS"),
    },
    [
      "1 of 2 accounts failed.",
      "1 of 2 accounts is in progress.",
      "AWS reports the pack in us-east-1 as UPDATE_SUCCESSFUL, although 1 row failed and 1 row is in progress.",
    ],
  ],
])("what is said of %s", (_what, evidence, messages) => {
  const { reasons } = judge({ regions, members: [], ...evidence });
  expect(reasons.map(({ message }) => message)).toEqual(messages);
});

test("names the missing, once each and in order, with the cause, and the name where it is known", () => {
  const expectation = expectListed([account(2), account(1), account(3), account(4), account(2)]);
  const { missing, reasons } = judge({
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
  expect(reasons.filter(({ verdict }) => verdict === "INCOMPLETE")).toEqual([
    {
      verdict: "INCOMPLETE",
      code: "accountsMissing",
      message: "4 expected accounts are no members of the pack.",
    },
    {
      verdict: "INCOMPLETE",
      code: "noMembers",
      region: "us-east-1",
      message: "No account is a member of the pack in us-east-1: AWS shows former members only.",
    },
  ]);
});

test.each([
  [undefined, []],
  [[1], [2, 3]],
  [[1, 2, 3], []],
])("of %j expected, %j are unexpected; former members are not", (expected, unexpected) => {
  const members = rows("CREATE_SUCCESSFUL", "CREATE_FAILED", "CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL");
  const judgement = judge({ regions: expected ? expecting(...expected) : regions, members });
  expect(judgement.unexpected).toEqual(unexpected.map((number) => ({ ...members[number - 1], cause: "notListed" })));
});

test("unexpected rows have their causes, which are counted; an optional account is neither expected nor unexpected", () => {
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
  expect(judgement.reasons.at(-1)).toEqual({
    verdict: "PASSED",
    code: "accountsUnexpected",
    message:
      "4 rows of accounts that are not expected: 1 not active in the organization, 1 not in the organization, 2 excluded.",
  });
});

test("lists failures and unfinished rows, and gives the winning reason first", () => {
  const members = rows("CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_PAUSED", "UPDATE_FAILED", "CREATE_SUCCESSFUL");
  const judgement = judge({ regions, members, remarks: [reason("rowsChanged", { message: "A remark." })] });
  expect(judgement.failed.map(({ accountId }) => accountId)).toEqual([account(2), account(4)]);
  expect(judgement.inProgress.map(({ accountId }) => accountId)).toEqual([account(1)]);
  expect(judgement.reasons).toEqual([
    { verdict: "FAILED", code: "membersFailed", message: "2 of 5 accounts failed." },
    { verdict: "IN_PROGRESS", code: "membersInProgress", message: "1 of 5 accounts is in progress." },
    {
      verdict: "INCOMPLETE",
      code: "statusUnknown",
      message: "1 of 5 accounts has a status that this version does not know: CREATE_PAUSED.",
    },
    { verdict: "PASSED", code: "rowsChanged", message: "A remark." },
  ]);
});

test("what a region says wins over what all say, where its verdict does", () => {
  const aggregate = { status: "CREATE_FAILED" };
  const judgement = judge({
    regions: [{ region: "us-east-1", aggregate, expectation: expectListed([account(2)]) }],
    members: rows("CREATE_IN_PROGRESS"),
  });
  expect(codesOf(judgement)).toEqual(["aggregateFailed", "membersInProgress", "accountsMissing", "accountsUnexpected"]);
});

test("a hostile status is quoted harmlessly, and rows are counted where there are several regions", () => {
  const members = [row({ status: "\n::error::x" }), row({ region: "eu-west-1" })];
  const { reasons } = judge({ regions: both, members });
  expect(reasons.map(({ message }) => message)).toEqual([
    "1 of 2 rows has a status that this version does not know: : :error::x.",
  ]);
});

test.each(hostileTexts)("an aggregate that is %j does no harm", (hostile) => {
  for (const status of [hostile, "CREATE_FAILED"]) {
    const aggregate = { status, errorCode: hostile, errorMessage: hostile };
    const { reasons } = judge({ regions: [{ region: "us-east-1", aggregate }], members: rows("CREATE_SUCCESSFUL") });
    expect(reasons).toHaveLength(1);
    expect(reasons[0]?.message).not.toMatch(harm);
  }
});

describe("whatever the rows and the aggregates are", () => {
  const names = ["us-east-1", "eu-west-1", "ap-south-1"] as const;
  const someTime = fc.constantFrom(before, putAt, after);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
  // Mostly healthy: else nothing would pass, and the property would say nothing.
  const word = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL") },
    { weight: 1, arbitrary: fc.constantFrom(...organizationResourceDetailedStatuses, "CREATE_PAUSED", "") },
  );
  const evidence = fc
    .record({
      names: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
      aggregates: fc.array(maybe(fc.record({ status: word, lastUpdateTime: someTime })), {
        minLength: 3,
        maxLength: 3,
      }),
      rows: fc.uniqueArray(
        fc.record({
          accountId: fc.integer({ min: 1, max: 6 }).map(account),
          region: fc.constantFrom(...names),
          status: word,
          lastUpdateTime: someTime,
        }),
        { selector: ({ accountId, region }) => `${accountId} ${region}`, minLength: 3, maxLength: 14 },
      ),
      expected: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map(account), { maxLength: 2 })),
    })
    .map(({ aggregates, expected, names: regionNames, rows: some }): Evidence => ({
      regions: regionNames.map((region, index) => {
        const aggregate = aggregates[index];
        return {
          region,
          ...(aggregate && { aggregate }),
          ...(expected && { expectation: expectListed(expected) }),
        };
      }),
      members: some.filter(({ region }) => regionNames.includes(region)).map((fields) => row(fields)),
    }));

  test("only what is whole and healthy passes", () => {
    let passed = 0;
    fc.assert(
      fc.property(evidence, (given) => {
        const { reasons, verdict } = judge(given);
        if (verdict !== "PASSED") {
          expect(reasons[0]?.verdict).toBe(verdict);
          return;
        }
        passed += 1;
        for (const { status } of given.members) expect(["successful", "deleted"]).toContain(outcomeOf(status));
        for (const { aggregate, expectation, region } of given.regions) {
          const current = given.members.filter((one) => one.region === region && /^(CREATE|UPDATE)_S/.test(one.status));
          expect(current).not.toEqual([]);
          if (aggregate) expect(aggregate.status).toMatch(/^(CREATE|UPDATE)_SUCCESSFUL$/);
          const ids = new Set(current.map(({ accountId }) => accountId));
          expect([...(expectation?.required ?? [])].filter((id) => !ids.has(id))).toEqual([]);
        }
      }),
      { numRuns: 3_000 },
    );
    // Else the property would hold for a judge that never passes anything.
    expect(passed).toBeGreaterThan(20);
  });

  test("their order is of no account", () => {
    const turned = (judgement: Judgement) => ({
      verdict: judgement.verdict,
      counts: judgement.counts,
      missing: judgement.missing,
      regionStatuses: judgement.regionStatuses.toSorted((a, b) => (a.region < b.region ? -1 : 1)),
      reasons: judgement.reasons.map((reason) => JSON.stringify(reason)).sort(),
    });
    fc.assert(
      fc.property(
        evidence.chain((given) =>
          fc.record({
            given: fc.constant(given),
            regions: fc.shuffledSubarray([...given.regions], { minLength: given.regions.length }),
            members: fc.shuffledSubarray([...given.members], { minLength: given.members.length }),
          }),
        ),
        ({ given, ...shuffled }) => {
          expect(turned(judge({ ...given, ...shuffled }))).toEqual(turned(judge(given)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

test.each<[aggregates: (string | undefined)[], worst: string | undefined]>([
  [["CREATE_SUCCESSFUL"], "CREATE_SUCCESSFUL"],
  [["CREATE_SUCCESSFUL", "UPDATE_FAILED"], "UPDATE_FAILED"],
  [["UPDATE_IN_PROGRESS", "CREATE_SUCCESSFUL"], "UPDATE_IN_PROGRESS"],
  [["UPDATE_IN_PROGRESS", "CREATE_FAILED"], "CREATE_FAILED"],
  [["CREATE_SUCCESSFUL", "SOMETHING_NEW"], "SOMETHING_NEW"],
  [["CREATE_FAILED", undefined], undefined],
  [[], undefined],
])("of the aggregates %j, that of all regions is %p", (aggregates, worst) => {
  const given = aggregates.map((status, index): RegionEvidence => ({
    region: `us-east-${String(index + 1)}`,
    ...(status !== undefined && { aggregate: { status, errorCode: `Code${String(index)}` } }),
  }));
  const { aggregate, regionStatuses } = judge({ regions: given, members: [] });
  expect(aggregate?.status).toBe(worst);
  // All of that region's, not its word alone.
  expect(regionStatuses.map((one) => one.aggregate).includes(aggregate)).toBe(
    worst !== undefined || aggregates.includes(undefined),
  );
});
