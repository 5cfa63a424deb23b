import fc from "fast-check";
import type { PackStatus } from "../../../core/status/packStatus";
import { report } from "../../../core/gate/report";
import { decide } from "../../../core/decide";
import type { ToleratedAccount, Tolerance } from "../../../core/gate/tolerance";
import { toleranceCheck } from "../../../core/gate/toleranceCheck";
import { reason, type Reason, type ReasonCode } from "../../../core/status/reasons";
import type { Verdict } from "../../../core/status/verdict";
import { harm, hostileTexts } from "../text/hostileText";
import { account, row, rows } from "../../builders/members";
import { type Others, statusOf } from "../../builders/packStatus";

const all = ["FAILED", "IN_PROGRESS", "INCOMPLETE"] as const;
const now = new Date("2026-03-15T12:00:00.000Z");

/** An exception for the account with this number. */
const except = (number: number, others: Partial<ToleratedAccount> = {}): ToleratedAccount => ({
  accountId: account(number),
  reason: "Legacy.",
  ...others,
});
const excepting = (...numbers: readonly number[]): Tolerance => ({ accounts: numbers.map((number) => except(number)) });

/** The rows of both regions: the accounts 1, 2, … with these statuses. */
const inTwo = (first: readonly string[], second: readonly string[]) => [
  ...rows(...first),
  ...rows(...second).map((member) => ({ ...member, region: "eu-west-1" })),
];
const two: Others = { regions: [{ region: "us-east-1" }, { region: "eu-west-1" }] };

const long = "2026-03-01T00:00:00.000Z";
const stuckAfter: Others = { stuckAfterMinutes: 60, now };
const stuckRow = (number: number) =>
  row({ accountId: account(number), status: "CREATE_IN_PROGRESS", lastUpdateTime: long });
const newRow = (number: number) =>
  row({ accountId: account(number), status: "CREATE_IN_PROGRESS", lastUpdateTime: now.toISOString() });

const failing = (code: "noSuchPack" | "regionUnanswered"): Others => ({
  regions: [
    { region: "us-east-1" },
    { region: "eu-west-1", failure: { code, message: "eu-west-1 says no.", nextStep: "Look there." } },
  ],
});

const [before, putAt, after] = ["2026-03-15T10:00:00.000Z", "2026-03-15T11:00:00.000Z", "2026-03-15T11:30:00.000Z"];
/** The rows of the accounts 1, 2, … with these statuses and times, while the pack is updated. */
const updating = (...members: readonly (readonly [status: string, lastUpdateTime: string])[]) =>
  statusOf(
    members.map(([status, lastUpdateTime], index) => row({ accountId: account(index + 1), status, lastUpdateTime })),
    { regions: [{ region: "us-east-1", aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: putAt } }] },
  );

interface Case {
  readonly what: string;
  readonly status: PackStatus;
  readonly tolerate: Tolerance;
  readonly verdict: Verdict;
  readonly codes?: readonly ReasonCode[];
  /** What each sentence of `tolerated` contains. */
  readonly tolerated?: readonly string[];
  readonly warnings?: readonly string[];
}

const failed = statusOf(rows("CREATE_FAILED", "CREATE_SUCCESSFUL"));
const unfinished = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"));

const cases: readonly Case[] = [
  { what: "a failure, nothing tolerated", status: failed, tolerate: {}, verdict: "FAILED", codes: ["membersFailed"] },
  {
    what: "a failure, excepted",
    status: failed,
    tolerate: excepting(1),
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is CREATE_FAILED in us-east-1: tolerated, Legacy.`],
  },
  {
    what: "two failures, one excepted",
    status: statusOf(rows("CREATE_FAILED", "UPDATE_FAILED")),
    tolerate: excepting(2),
    verdict: "FAILED",
    codes: ["membersFailed"],
    tolerated: [`Account ${account(2)} is UPDATE_FAILED in us-east-1`],
  },
  {
    what: "a failure in two regions, excepted",
    status: statusOf(inTwo(["CREATE_FAILED"], ["UPDATE_FAILED"]), two),
    tolerate: excepting(1),
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is UPDATE_FAILED in eu-west-1, CREATE_FAILED in us-east-1: tolerated`],
  },
  {
    what: "a failure in two regions, excepted in one",
    status: statusOf(inTwo(["CREATE_FAILED"], ["UPDATE_FAILED"]), two),
    tolerate: { accounts: [except(1, { regions: ["eu-west-1"] })] },
    verdict: "FAILED",
    codes: ["membersFailed"],
    tolerated: [`Account ${account(1)} is UPDATE_FAILED in eu-west-1: tolerated`],
  },
  {
    what: "a failure in two regions, excepted in each on its own",
    status: statusOf(inTwo(["CREATE_FAILED"], ["UPDATE_FAILED"]), two),
    tolerate: {
      accounts: ["eu-west-1", "us-east-1"].map((region) => except(1, { regions: [region], reason: region })),
    },
    verdict: "PASSED",
    tolerated: ["UPDATE_FAILED in eu-west-1: tolerated, eu-west-1", "CREATE_FAILED in us-east-1: tolerated, us-east-1"],
  },
  {
    what: "an unfinished row, excepted",
    status: unfinished,
    tolerate: excepting(1),
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is CREATE_IN_PROGRESS in us-east-1: tolerated`],
  },
  {
    what: "an unknown status, excepted",
    status: statusOf(rows("CREATE_PAUSED", "CREATE_SUCCESSFUL")),
    tolerate: excepting(1),
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is CREATE_PAUSED in us-east-1: tolerated`],
  },
  {
    what: "an unknown status, beside another that is excepted",
    status: statusOf(rows("CREATE_PAUSED", "CREATE_PAUSED")),
    tolerate: excepting(1),
    verdict: "INCOMPLETE",
    codes: ["statusUnknown"],
    tolerated: [account(1)],
  },
  {
    what: "a missing account, excepted",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(1), account(9)] }),
    tolerate: excepting(9),
    verdict: "PASSED",
    tolerated: [`Account ${account(9)} is missing in us-east-1: tolerated`],
  },
  {
    what: "two missing accounts, one excepted",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(8), account(9)] }),
    tolerate: excepting(9),
    verdict: "INCOMPLETE",
    codes: ["accountsMissing", "accountsUnexpected"],
    tolerated: [account(9)],
  },
  {
    what: "an exception for an account that is nowhere",
    status: failed,
    tolerate: excepting(1, 7),
    verdict: "PASSED",
    tolerated: [account(1)],
    warnings: [`The exception for ${account(7)} matches nothing: there is no such account. Remove it.`],
  },
  {
    what: "an exception for an account that is healthy",
    status: failed,
    tolerate: excepting(1, 2),
    verdict: "PASSED",
    tolerated: [account(1)],
    warnings: [`The exception for ${account(2)} matches nothing: the account has nothing to be excused. Remove it.`],
  },
  {
    what: "an exception for the wrong region",
    status: failed,
    tolerate: { accounts: [except(1, { regions: ["eu-west-1", "eu-west-2"] })] },
    verdict: "FAILED",
    codes: ["membersFailed"],
    warnings: [`The exception for ${account(1)} in eu-west-1, eu-west-2 matches nothing: there is no such account.`],
  },
  {
    what: "exceptions over a pass",
    status: statusOf(rows("CREATE_SUCCESSFUL")),
    tolerate: excepting(1),
    verdict: "PASSED",
    warnings: [`The exception for ${account(1)} matches nothing`],
  },
  {
    what: "rows that are excepted, under an aggregate that counts them",
    status: statusOf(rows("CREATE_FAILED", "CREATE_SUCCESSFUL"), { aggregate: "CREATE_FAILED" }),
    tolerate: excepting(1),
    verdict: "PASSED",
    tolerated: [account(1)],
  },
  {
    what: "rows that are excepted, under an aggregate that does not count them",
    status: statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"), {
      aggregate: "CREATE_SUCCESSFUL",
    }),
    tolerate: excepting(1, 2),
    verdict: "PASSED",
    codes: ["aggregateDisagrees"],
    tolerated: [account(1), account(2)],
  },
  {
    what: "a success over rows of which one is excepted",
    status: statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS"), { aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: excepting(1),
    verdict: "IN_PROGRESS",
    codes: ["membersInProgress", "aggregateDisagrees"],
    tolerated: [account(1)],
  },
  {
    what: "a success over excepted rows in one region, over others in the next",
    status: statusOf(inTwo(["CREATE_FAILED"], ["CREATE_FAILED"]), { ...two, aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: { accounts: [except(1, { regions: ["us-east-1"] })] },
    verdict: "FAILED",
    codes: ["membersFailed", "aggregateDisagrees", "aggregateDisagrees"],
    tolerated: [account(1)],
  },
  {
    what: "a failure of the aggregate over clean rows",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_FAILED" }),
    tolerate: { ...excepting(1), maxFailedAccounts: 50_000, maxFailedPercent: 100, inProgress: "allow" },
    verdict: "FAILED",
    codes: ["aggregateFailed"],
    warnings: [account(1)],
  },
  {
    what: "a deleted pack over excepted rows",
    status: statusOf(rows("CREATE_FAILED"), { aggregate: "DELETE_SUCCESSFUL" }),
    tolerate: { ...excepting(1), inProgress: "allow", noSuchPack: "allow" },
    verdict: "INCOMPLETE",
    codes: ["packDeleted"],
    tolerated: [account(1)],
  },
  {
    what: "a pack that is being deleted, over excepted rows",
    status: statusOf(rows("CREATE_FAILED"), { aggregate: "DELETE_IN_PROGRESS" }),
    tolerate: { ...excepting(1), inProgress: "allow", noSuchPack: "allow" },
    verdict: "INCOMPLETE",
    codes: ["packDeleting"],
    tolerated: [account(1)],
  },
  {
    what: "a deletion that failed in an excepted row",
    status: statusOf(rows("DELETE_FAILED", "DELETE_SUCCESSFUL"), { aggregate: "DELETE_FAILED" }),
    tolerate: { ...excepting(1), maxFailedAccounts: 9, inProgress: "allow", noSuchPack: "allow" },
    verdict: "FAILED",
    codes: ["packDeleteFailed", "noMembers"],
    tolerated: [account(1)],
  },
  {
    what: "a deletion that no aggregate tells of",
    status: statusOf(rows("DELETE_IN_PROGRESS", "DELETE_SUCCESSFUL")),
    tolerate: { inProgress: "allow" },
    verdict: "INCOMPLETE",
    codes: ["noMembers"],
    tolerated: ["in progress. It is allowed"],
  },
  {
    what: "an excepted row that cannot be deleted, beside a member",
    status: statusOf(rows("DELETE_FAILED", "CREATE_SUCCESSFUL")),
    tolerate: excepting(1),
    verdict: "PASSED",
    tolerated: [account(1)],
  },
  {
    what: "a region that does not answer",
    status: statusOf(rows("CREATE_FAILED"), failing("regionUnanswered")),
    tolerate: { ...excepting(1), noSuchPack: "allow", inProgress: "allow" },
    verdict: "INCOMPLETE",
    codes: ["regionUnanswered"],
    tolerated: [account(1)],
  },
  {
    what: "an empty pack",
    status: statusOf([]),
    tolerate: { maxFailedPercent: 100, maxFailedAccounts: 5, inProgress: "allow", noSuchPack: "allow" },
    verdict: "INCOMPLETE",
    codes: ["noMembers"],
  },
  {
    what: "rows that an update has not reached, the one that has not gone on and the one that is in progress excepted",
    status: updating(["CREATE_FAILED", before], ["UPDATE_IN_PROGRESS", after], ["UPDATE_SUCCESSFUL", after]),
    tolerate: excepting(1, 2),
    verdict: "PASSED",
    tolerated: [
      `Account ${account(1)} is CREATE_FAILED in us-east-1, not updated yet in us-east-1: tolerated`,
      account(2),
    ],
  },
  {
    what: "a healthy row that an update has not reached, excepted",
    status: updating(["CREATE_SUCCESSFUL", before], ["UPDATE_IN_PROGRESS", after]),
    tolerate: excepting(1, 2),
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is not updated yet in us-east-1: tolerated`, account(2)],
  },
  {
    what: "a row that an update has not reached, within a limit of failures",
    status: updating(["CREATE_FAILED", before], ["UPDATE_IN_PROGRESS", after], ["UPDATE_SUCCESSFUL", after]),
    tolerate: { ...excepting(2), maxFailedAccounts: 1 },
    verdict: "IN_PROGRESS",
    codes: ["membersOutdated"],
    tolerated: [account(2), "1 of 3 accounts failed: within"],
  },
  {
    what: "a row that an update has not reached, whose exception has expired",
    status: updating(["CREATE_SUCCESSFUL", before], ["UPDATE_IN_PROGRESS", after]),
    tolerate: { accounts: [except(1, { expires: "2026-03-14" }), except(2)] },
    verdict: "IN_PROGRESS",
    codes: ["membersOutdated"],
    tolerated: [account(2)],
  },
  {
    what: "an expected account that is leaving",
    status: statusOf(rows("DELETE_IN_PROGRESS", "CREATE_SUCCESSFUL"), { expected: [account(1), account(2)] }),
    tolerate: { inProgress: "allow" },
    verdict: "INCOMPLETE",
    codes: ["accountsMissing"],
    tolerated: ["in progress. It is allowed"],
  },
  {
    what: "remarks stay",
    status: statusOf(rows("CREATE_FAILED"), {
      onlyAccounts: [account(1)],
      remarks: [reason("rowsChanged", { message: "A row changed." })],
    }),
    tolerate: excepting(1),
    verdict: "PASSED",
    codes: ["accountsFiltered", "rowsChanged"],
    tolerated: [account(1)],
  },
];

/** `count` failed accounts of ten. */
const tenWith = (count: number, others: Others = {}) =>
  statusOf(
    rows(...Array.from({ length: 10 }, (_, index) => (index < count ? "CREATE_FAILED" : "CREATE_SUCCESSFUL"))),
    others,
  );

const limits: readonly Case[] = [
  ...(
    [
      [2, { maxFailedAccounts: 2 }, true, "2 of 10 accounts failed: within maxFailedAccounts 2."],
      [3, { maxFailedAccounts: 2 }, false],
      [1, { maxFailedAccounts: 0 }, false],
      [2, { maxFailedPercent: 20 }, true, "2 of 10 accounts failed: within maxFailedPercent 20."],
      [2, { maxFailedPercent: 19.99 }, false],
      [1, { maxFailedPercent: 0 }, false],
      [10, { maxFailedPercent: 100 }, true, "10 of 10 accounts failed: within maxFailedPercent 100."],
      [
        2,
        { maxFailedAccounts: 2, maxFailedPercent: 20 },
        true,
        "2 of 10 accounts failed: within maxFailedAccounts 2 and maxFailedPercent 20.",
      ],
      [2, { maxFailedAccounts: 1, maxFailedPercent: 100 }, false],
      [2, { maxFailedAccounts: 10, maxFailedPercent: 10 }, false],
    ] as [number, Tolerance, boolean, string?][]
  ).map(([count, tolerate, passes, said]) => ({
    what: `${String(count)} of ten failed, ${JSON.stringify(tolerate)}`,
    status: tenWith(count),
    tolerate,
    verdict: passes ? ("PASSED" as const) : ("FAILED" as const),
    codes: passes ? [] : (["membersFailed"] as const),
    tolerated: said === undefined ? [] : [said],
  })),
  ...(
    [
      [7, 100, 7],
      [14, 100, 14],
      [29, 1_000, 2.9],
      [57, 1_000, 5.7],
      [1, 3, 100 / 3],
    ] as const
  ).flatMap(([count, total, percent]) => {
    const failing = (failures: number) =>
      statusOf(
        rows(...Array.from({ length: total }, (_, n) => (n < failures ? "CREATE_FAILED" : "CREATE_SUCCESSFUL"))),
      );
    const tolerate = { maxFailedPercent: percent };
    const of = `of ${String(total)} failed, where ${String(percent)} percent may`;
    const within = [`${String(count)} of ${String(total)} accounts failed: within`];
    return [
      { what: `${String(count)} ${of}`, status: failing(count), tolerate, verdict: "PASSED", tolerated: within },
      {
        what: `one more than ${of}`,
        status: failing(count + 1),
        tolerate,
        verdict: "FAILED",
        codes: ["membersFailed"],
      },
    ] as const satisfies Case[];
  }),
  {
    what: "no failure, a limit",
    status: tenWith(0),
    tolerate: { maxFailedAccounts: 0, maxFailedPercent: 0 },
    verdict: "PASSED",
  },
  {
    what: "accounts that failed in both regions count once",
    status: statusOf(inTwo(["CREATE_FAILED", "CREATE_FAILED"], ["CREATE_FAILED", "CREATE_FAILED"]), two),
    tolerate: { maxFailedAccounts: 2 },
    verdict: "PASSED",
    tolerated: ["2 of 2 accounts failed"],
  },
  {
    what: "an account that failed in one region of two is one of the accounts",
    status: statusOf(inTwo(["CREATE_FAILED", "CREATE_SUCCESSFUL"], ["CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"]), two),
    tolerate: { maxFailedPercent: 49 },
    verdict: "FAILED",
    codes: ["membersFailed"],
  },
  {
    what: "excepted accounts are not counted as failed, and are counted as accounts",
    status: tenWith(3),
    tolerate: { ...excepting(1), maxFailedAccounts: 2, maxFailedPercent: 20 },
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is`, "2 of 10 accounts failed"],
  },
  {
    what: "former members are no accounts",
    status: statusOf(rows("CREATE_FAILED", "CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL")),
    tolerate: { maxFailedPercent: 49 },
    verdict: "FAILED",
    codes: ["membersFailed"],
  },
  {
    what: "a limit is for failures, not for what is unfinished or missing",
    status: statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS"), { expected: [1, 2, 9].map(account) }),
    tolerate: { maxFailedAccounts: 10 },
    verdict: "IN_PROGRESS",
    codes: ["membersInProgress", "accountsMissing"],
    tolerated: ["1 of 2 accounts failed"],
  },
  {
    what: "failures within a limit, under a success",
    status: tenWith(1, { aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: { maxFailedAccounts: 1 },
    verdict: "PASSED",
    codes: ["aggregateDisagrees"],
    tolerated: ["1 of 10 accounts failed"],
  },
  {
    what: "failures over a limit, under a success",
    status: tenWith(2, { aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: { maxFailedAccounts: 1 },
    verdict: "FAILED",
    codes: ["membersFailed", "aggregateDisagrees"],
  },
];

const stuck = statusOf([stuckRow(1), newRow(2)], stuckAfter);
const noPack = statusOf(rows("CREATE_SUCCESSFUL"), failing("noSuchPack"));
const settings: readonly Case[] = [
  {
    what: "in progress, refused",
    status: unfinished,
    tolerate: { inProgress: "refuse" },
    verdict: "IN_PROGRESS",
    codes: ["membersInProgress"],
  },
  {
    what: "in progress, allowed",
    status: unfinished,
    tolerate: { inProgress: "allow" },
    verdict: "PASSED",
    tolerated: ["1 of 2 accounts is in progress. It is allowed, by inProgress."],
  },
  {
    what: "in progress, with a warning",
    status: unfinished,
    tolerate: { inProgress: "warn" },
    verdict: "PASSED",
    warnings: ["1 of 2 accounts is in progress. It is let pass with a warning, by inProgress."],
  },
  {
    what: "an aggregate that is in progress, allowed",
    status: statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "UPDATE_IN_PROGRESS" }),
    tolerate: { inProgress: "allow" },
    verdict: "PASSED",
    tolerated: ["AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS"],
  },
  {
    what: "outdated rows, with a warning",
    status: statusOf(rows("CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"), { aggregate: "UPDATE_IN_PROGRESS" }),
    tolerate: { inProgress: "warn" },
    verdict: "PASSED",
    warnings: ["1 of 2 accounts is in progress.", "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, and 1 row"],
  },
  {
    what: "outdated rows, refused",
    status: statusOf(rows("CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"), { aggregate: "UPDATE_IN_PROGRESS" }),
    tolerate: excepting(2),
    verdict: "IN_PROGRESS",
    codes: ["membersOutdated"],
    tolerated: [account(2)],
  },
  {
    what: "a failure beside what may be in progress",
    status: statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS")),
    tolerate: { inProgress: "allow" },
    verdict: "FAILED",
    codes: ["membersFailed"],
    tolerated: ["1 of 2 accounts is in progress."],
  },
  {
    what: "stuck rows are not in progress",
    status: stuck,
    tolerate: { inProgress: "allow" },
    verdict: "IN_PROGRESS",
    codes: ["membersStuck"],
    tolerated: ["in progress. It is allowed"],
  },
  {
    what: "all in progress is stuck: nothing is said of an allowance",
    status: statusOf([stuckRow(1)], stuckAfter),
    tolerate: { inProgress: "warn" },
    verdict: "IN_PROGRESS",
    codes: ["membersStuck"],
  },
  {
    what: "stuck rows, excepted",
    status: stuck,
    tolerate: { ...excepting(1), inProgress: "allow" },
    verdict: "PASSED",
    tolerated: [`Account ${account(1)} is CREATE_IN_PROGRESS`, "in progress. It is allowed"],
  },
  {
    what: "an unknown pack, refused",
    status: noPack,
    tolerate: { noSuchPack: "refuse" },
    verdict: "INCOMPLETE",
    codes: ["noSuchPack"],
  },
  { what: "an unknown pack, by default", status: noPack, tolerate: {}, verdict: "INCOMPLETE", codes: ["noSuchPack"] },
  {
    what: "an unknown pack, allowed",
    status: noPack,
    tolerate: { noSuchPack: "allow" },
    verdict: "PASSED",
    tolerated: ["eu-west-1 says no. It is allowed, by noSuchPack."],
  },
  {
    what: "an unknown pack, with a warning",
    status: noPack,
    tolerate: { noSuchPack: "warn", inProgress: "allow" },
    verdict: "PASSED",
    warnings: ["eu-west-1 says no. It is let pass with a warning, by noSuchPack."],
  },
];

describe.each([
  ["exceptions", cases],
  ["limits", limits],
  ["handlings", settings],
])("%s", (_name, table) => {
  test.each(table)("$what: $verdict", ({ codes = [], status, tolerate, tolerated = [], verdict, warnings = [] }) => {
    const before = structuredClone(status);
    const decision = decide(status, tolerate, now);
    expect(decision.verdict).toBe(verdict);
    expect(decision.reasons.map(({ code }) => code)).toEqual(codes);
    expect(decision.tolerated).toEqual(tolerated.map((text) => expect.stringContaining(text) as string));
    expect(decision.warnings).toEqual(warnings.map((text) => expect.stringContaining(text) as string));
    // What is shown stays as AWS said it.
    expect(status).toEqual(before);
    // A program may well give a copy: an Output's value, or what came out of a file.
    expect(decide(JSON.parse(JSON.stringify(status)) as typeof status, tolerate, now)).toEqual(decision);
    // What a refusal is told from says nothing of what is tolerated.
    const text = report(decision.remaining, all);
    expect(text === undefined).toBe(verdict === "PASSED");
    expect(decision.remaining).toMatchObject({ verdict, counts: before.counts });
  });
});

test.each<{ what: string; failing: number; tolerate: Tolerance; regions?: string[]; says: string }>([
  {
    what: "maxFailedAccounts",
    failing: 3,
    tolerate: { maxFailedAccounts: 2 },
    says: "3 of 10 accounts failed; maxFailedAccounts allows 2.",
  },
  {
    what: "maxFailedPercent",
    failing: 3,
    tolerate: { maxFailedPercent: 29.9 },
    says: "3 of 10 accounts failed; maxFailedPercent 29.9 allows 2 of 10.",
  },
  {
    what: "the one of two that is exceeded",
    failing: 3,
    tolerate: { maxFailedAccounts: 3, maxFailedPercent: 20 },
    says: "3 of 10 accounts failed; maxFailedPercent 20 allows 2 of 10.",
  },
  {
    what: "both",
    failing: 1,
    tolerate: { maxFailedAccounts: 0, maxFailedPercent: 0 },
    says: "1 of 10 accounts failed; maxFailedAccounts allows 0, and maxFailedPercent 0 allows 0 of 10.",
  },
  {
    what: "how many count, where some are excepted",
    failing: 3,
    tolerate: { ...excepting(1), maxFailedAccounts: 1 },
    says: "3 of 10 accounts failed. 2 accounts without an exception failed; maxFailedAccounts allows 1.",
  },
  {
    what: "how many accounts the rows of several regions are",
    failing: 2,
    tolerate: { maxFailedAccounts: 1 },
    regions: ["eu-west-1", "us-east-1"],
    says: "4 of 20 rows failed. 2 accounts failed; maxFailedAccounts allows 1.",
  },
])("the reason names the limit that is exceeded: $what", ({ failing, regions = ["us-east-1"], says, tolerate }) => {
  const members = regions.flatMap((region) =>
    rows(...Array.from({ length: 10 }, (_, index) => (index < failing ? "CREATE_FAILED" : "CREATE_SUCCESSFUL"))).map(
      (row) => ({ ...row, region }),
    ),
  );
  const { reasons, remaining } = decide(
    statusOf(members, { regions: regions.map((region) => ({ region })) }),
    tolerate,
    now,
  );
  expect(reasons[0]).toMatchObject({ code: "membersFailed", message: says });
  expect(report(remaining, all)).toContain(says);
});

test("what remains is what no exception excuses", () => {
  const status = statusOf(
    [
      ...rows("CREATE_FAILED", "CREATE_FAILED", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "PAUSED", "PAUSED"),
      stuckRow(7),
      stuckRow(8),
    ],
    { ...stuckAfter, expected: [20, 21].map(account) },
  );
  const { remaining } = decide(status, excepting(1, 3, 5, 7, 20), now);
  const numbers = (some: readonly { accountId: string }[]) => some.map(({ accountId }) => Number(accountId));
  expect(numbers(remaining.failed)).toEqual([2]);
  expect(numbers(remaining.inProgress)).toEqual([4, 8]);
  // The fourth row has no time.
  expect(numbers(remaining.stuck)).toEqual([4, 8]);
  expect(numbers(remaining.missing)).toEqual([21]);
  expect(numbers(remaining.members)).toEqual([2, 4, 6, 8]);
  expect(numbers(status.members)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

describe("expires", () => {
  const until = (expires: string, number = 1): Tolerance => ({ accounts: [except(number, { expires })] });

  test.each([
    ["2026-03-15", "2026-03-15T00:00:00.000Z", true],
    ["2026-03-15", "2026-03-15T23:59:59.999Z", true],
    ["2026-03-15", "2026-03-16T00:00:00.000Z", false],
    // Noon in Kiritimati is the day before in UTC.
    ["2026-03-15", "2026-03-16T13:59:59.999+14:00", true],
    ["2026-03-15", "2026-03-15T12:00:00.000-12:00", false],
    ["2024-02-29", "2024-02-29T12:00:00.000Z", true],
    ["2999-12-31", "2026-03-15T00:00:00.000Z", true],
  ])("%s, at %s: it counts is %p", (expires, at, counts) => {
    const decision = decide(failed, until(expires), new Date(at));
    expect(decision.verdict).toBe(counts ? "PASSED" : "FAILED");
    expect(decision.tolerated).toEqual(
      counts ? [expect.stringContaining(`: tolerated until ${expires}, Legacy.`) as string] : [],
    );
  });

  test.each<[what: string, status: PackStatus, tolerate: Tolerance, code: ReasonCode]>([
    ["failed", failed, {}, "membersFailed"],
    ["is in progress", unfinished, {}, "membersInProgress"],
    [
      "is stuck where others may be in progress",
      statusOf([stuckRow(1)], stuckAfter),
      { inProgress: "allow" },
      "membersStuck",
    ],
    ["has an unknown status", statusOf(rows("CREATE_PAUSED")), {}, "statusUnknown"],
    ["is missing", statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(1), account(2)] }), {}, "accountsMissing"],
  ])(
    "an expired exception for an account that %s fails the gate, and is said to have expired once",
    (_what, status, others, code) => {
      const number = code === "accountsMissing" ? 2 : 1;
      const decision = decide(status, { ...until("2026-03-14", number), ...others }, now);
      expect(decision.verdict).toBe(status.verdict);
      const sentence = `The exception for ${account(number)} expired on 2026-03-14: Legacy.`;
      const said = decision.reasons.filter(({ message }) => message.includes(sentence));
      expect(said.map((reason) => reason.code)).toEqual([code]);
      // Something needs it, so that it is not called useless.
      expect(decision.warnings).toEqual([]);
    },
  );

  test("a stuck account's expired exception is said once, though it is in progress too", () => {
    const { reasons } = decide(statusOf([stuckRow(1)], stuckAfter), until("2026-03-14"), now);
    expect(reasons.map(({ code, message }) => [code, message.includes("expired")])).toEqual([
      ["membersInProgress", true],
      ["membersStuck", false],
    ]);
  });

  test("an expired exception that nothing needs is reported, and fails nothing", () => {
    const decision = decide(statusOf(rows("CREATE_SUCCESSFUL")), until("2026-03-14"), now);
    expect(decision).toMatchObject({ verdict: "PASSED", reasons: [] });
    expect(decision.warnings).toEqual([
      `The exception for ${account(1)} matches nothing: the account has nothing to be excused. Remove it. It expired on 2026-03-14.`,
    ]);
  });

  test("beside an expired exception a later one counts", () => {
    const accounts = [except(1, { expires: "2026-03-14" }), except(1, { expires: "2026-03-16", reason: "Renewed." })];
    const decision = decide(failed, { accounts }, now);
    expect(decision.verdict).toBe("PASSED");
    expect(decision.tolerated).toEqual([expect.stringContaining("tolerated until 2026-03-16, Renewed.") as string]);
  });

  test("without a time given, it is measured from now", () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    expect(decide(failed, until(day(2))).verdict).toBe("PASSED");
    expect(decide(failed, until(day(-2))).verdict).toBe("FAILED");
  });
});

test.each<[tolerate: unknown, property: string, says: string]>([
  [null, "tolerate", "null is not an object with accounts"],
  [[], "tolerate", "is not an object"],
  [{ account: [] }, "tolerate.account", 'Did you mean "accounts"?'],
  [{ accounts: {} }, "tolerate.accounts", "is not a list"],
  [{ accounts: [account(1)] }, "tolerate.accounts[0]", "is not an object with accountId, regions, reason, expires"],
  [
    { accounts: [{ accountId: account(1) }] },
    "tolerate.accounts[0].reason",
    "It is required: a reason of 1 to 500 characters.",
  ],
  [
    { accounts: [{ reason: "x" }] },
    "tolerate.accounts[0].accountId",
    "It is required: an account id: a text of 12 digits.",
  ],
  [{ accounts: [{ accountId: account(1), reason: "" }] }, "tolerate.accounts[0].reason", "a reason of 1 to 500"],
  [{ accounts: [{ accountId: account(1), reason: " \n\t" }] }, "tolerate.accounts[0].reason", "a reason of 1 to 500"],
  [{ accounts: [{ accountId: account(1), reason: "x".repeat(501) }] }, "tolerate.accounts[0].reason", "a reason of"],
  [{ accounts: [except(1), { accountId: "1", reason: "x" }] }, "tolerate.accounts[1].accountId", "12 digits"],
  [{ accounts: [{ ...except(1), reson: "x" }] }, "tolerate.accounts[0].reson", 'Did you mean "reason"?'],
  [{ accounts: [{ ...except(1), regions: [] }] }, "tolerate.accounts[0].regions", "A list of 0 is not"],
  [{ accounts: [{ ...except(1), regions: ["Ireland"] }] }, "tolerate.accounts[0].regions[0]", "is not a region"],
  ...[
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-3-1",
    "2026-03-15T00:00:00Z",
    "tomorrow",
    "",
    20260315,
    null,
  ].map((expires): [unknown, string, string] => [
    { accounts: [{ ...except(1), expires }] },
    "tolerate.accounts[0].expires",
    "is not a day as YYYY-MM-DD.",
  ]),
  [{ maxFailedAccounts: -1 }, "tolerate.maxFailedAccounts", "from 0 to 50000"],
  [{ maxFailedAccounts: 1.5 }, "tolerate.maxFailedAccounts", "1.5 is not a whole number"],
  [{ maxFailedPercent: 100.1 }, "tolerate.maxFailedPercent", "100.1 is not a number from 0 to 100."],
  [{ maxFailedPercent: NaN }, "tolerate.maxFailedPercent", "NaN is not"],
  [{ maxFailedPercent: "5" }, "tolerate.maxFailedPercent", '"5" is not'],
  [{ inProgress: "warning" }, "tolerate.inProgress", 'Did you mean "warn"?'],
  [{ noSuchPack: true }, "tolerate.noSuchPack", "true is not one of allow, warn, refuse."],
])("the tolerance %j is refused at %s", (tolerate, property, says) => {
  expect(toleranceCheck(tolerate, "tolerate")).toMatchObject([
    { property, reason: expect.stringContaining(says) as string },
  ]);
  expect(() => decide(failed, tolerate as Tolerance)).toThrow(
    expect.objectContaining({
      name: "InvalidArgumentsError",
      packName: "baseline",
      problems: [expect.objectContaining({ property }) as unknown],
    }) as Error,
  );
});

test("a limit that Pulumi does not know yet is none", () => {
  // The engine's mark of a number that is unknown.
  const maxFailedAccounts = "3eeb2bf0-c639-47a8-9e75-3b44932eb421" as unknown as number;
  expect(() => decide(failed, { maxFailedAccounts })).toThrow("tolerate: It has a value that is not known yet.");
});

test("an exception that has expired is told for the region where it is missed", () => {
  const aggregate = { status: "UPDATE_IN_PROGRESS", lastUpdateTime: putAt };
  const regions = ["eu-west-1", "us-east-1"].map((region) => ({ region, aggregate }));
  const members = regions.flatMap(({ region }, index) => [
    row({ accountId: account(index + 1), region, lastUpdateTime: before }),
    row({ accountId: account(3), region, status: "UPDATE_IN_PROGRESS", lastUpdateTime: after }),
  ]);
  const accounts = [except(2, { expires: "2026-01-01" }), except(3)];
  const outdated = decide(statusOf(members, { regions }), { accounts }, now).reasons;
  expect(outdated.map(({ code, message, region }) => [code, region, message.includes("expired")])).toEqual([
    ["membersOutdated", "eu-west-1", false],
    ["membersOutdated", "us-east-1", true],
  ]);
});

test("a row within a limit that an update has not reached is told by name", () => {
  const status = updating(["CREATE_FAILED", before], ["UPDATE_IN_PROGRESS", after], ["UPDATE_SUCCESSFUL", after]);
  const tell = (tolerate: Tolerance) => report(decide(status, tolerate, now).remaining, all) ?? "";
  const line = `  Older than the pack's update, 1 account: ${account(1)}\n`;
  expect(tell({ ...excepting(2), maxFailedAccounts: 1 })).toContain(line);
  expect(tell(excepting(2))).toContain(line);
  expect(tell({ inProgress: "allow" })).not.toContain("Older than");
});

test.each<[tolerate: Tolerance]>([
  [{}],
  [{ accounts: [] }],
  [{ accounts: [except(1, { reason: "x".repeat(500), expires: "2024-02-29", regions: ["eu-west-1"] }), except(1)] }],
  [{ maxFailedAccounts: 0, maxFailedPercent: 0.5, inProgress: "warn", noSuchPack: "refuse" }],
])("nothing is wrong with %j", (tolerate) => {
  expect(toleranceCheck(tolerate, "tolerate")).toEqual([]);
});

test("of an account in many regions five are told, and the others counted", () => {
  const names = Array.from({ length: 7 }, (_, index) => `us-east-${String(index + 1)}`);
  const status = statusOf(
    names.map((region) => row({ region, status: "CREATE_FAILED" })),
    { regions: names.map((region) => ({ region })) },
  );
  const [sentence = ""] = decide(status, excepting(1)).tolerated;
  expect(sentence.match(/CREATE_FAILED in/g)).toHaveLength(5);
  expect(sentence).toContain("us-east-5 and 2 more: tolerated");
  const five = statusOf(
    names.slice(0, 5).map((region) => row({ region, status: "CREATE_FAILED" })),
    { regions: names.map((region) => ({ region })) },
  );
  expect(decide(five, excepting(1)).tolerated[0]).toContain("us-east-5: tolerated");
});

test.each([
  ["of an account that is well", excepting(2), "the account has nothing to be excused"],
  ["of an account that is not there", excepting(9), "there is no such account"],
  [
    "of an account that another one excuses",
    { accounts: [except(1), except(1, { regions: ["us-east-1"] })] },
    "another exception excuses the account already",
  ],
] as const)("an exception %s is called useless, with the reason", (_what, tolerate, why) => {
  expect(decide(failed, tolerate, now).warnings).toEqual([
    expect.stringMatching(
      new RegExp(`^The exception for \\d{12}.* matches nothing: ${why}\\. Remove it\\.$`),
    ) as string,
  ]);
});

describe("where only failed and unfinished rows were gathered", () => {
  const partial = statusOf(rows("CREATE_FAILED"), {
    regions: [{ region: "us-east-1", hasSuccessful: true, aggregate: { status: "CREATE_FAILED" } }],
    successfulOmitted: true,
  });

  test("a share counts for nothing, and that is said", () => {
    for (const tolerate of [{ maxFailedPercent: 100 }, { maxFailedPercent: 100, maxFailedAccounts: 9 }]) {
      const { verdict, warnings } = decide(partial, tolerate, now);
      expect([verdict, warnings]).toEqual([
        "FAILED",
        ["maxFailedPercent does not count: a share can only be told of all rows, and detail is unsuccessful."],
      ]);
    }
    expect(decide(partial, { maxFailedPercent: 100 }, now).reasons[0]?.message).toMatch(
      / failed; maxFailedPercent does not count with detail unsuccessful\.$/,
    );
    expect(decide(partial, { maxFailedAccounts: 1 }, now)).toMatchObject({ verdict: "PASSED", warnings: [] });
    expect(decide(failed, { maxFailedPercent: 0 }, now).warnings).toEqual([]);
  });

  test("an account without a row may be one of those that were left out", () => {
    expect(decide(partial, excepting(1, 9), now).warnings).toEqual([
      expect.stringContaining("the account has nothing to be excused") as string,
    ]);
  });
});

test.each(hostileTexts)("%j in statuses, names and reasons does no harm", (hostile) => {
  const members = [
    row({ status: "CREATE_FAILED", accountName: hostile, errorCode: hostile, errorMessage: hostile }),
    row({ accountId: account(2), status: hostile, accountName: hostile }),
    row({ accountId: account(3), status: "CREATE_FAILED", region: hostile }),
  ];
  const status = statusOf(members, { regions: [{ region: "us-east-1" }, { region: hostile }] });
  for (const expires of ["2026-03-14", "2026-03-16"]) {
    const accounts = [1, 2, 3, 9].map((number) => except(number, { reason: `x${hostile}`, expires }));
    const { reasons, tolerated, warnings } = decide(status, { accounts, inProgress: "warn" }, now);
    const sentences = [...reasons.map(({ message }) => message), ...tolerated, ...warnings];
    expect(sentences.length).toBeGreaterThanOrEqual(3);
    for (const sentence of sentences) expect(sentence).not.toMatch(harm);
  }
});

describe("whatever is tolerated", () => {
  const words = [
    ...["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL", "CREATE_FAILED", "UPDATE_IN_PROGRESS", "PAUSED"],
    ...["DELETE_SUCCESSFUL", "DELETE_IN_PROGRESS", "DELETE_FAILED"],
  ];
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const handling = maybe(fc.constantFrom("allow", "warn", "refuse"));
  const tolerance = fc
    .record({
      accounts: maybe(
        fc.array(
          fc.record({
            accountId: fc.integer({ min: 1, max: 4 }).map(account),
            reason: fc.constant("Why."),
            regions: maybe(fc.constant(["us-east-1"])),
            expires: maybe(fc.constantFrom("2026-03-14", "2026-03-15")),
          }),
          { maxLength: 5 },
        ),
      ),
      maxFailedAccounts: maybe(fc.integer({ min: 0, max: 5 })),
      maxFailedPercent: maybe(fc.integer({ min: 0, max: 100 })),
      inProgress: handling,
      noSuchPack: handling,
    })
    .map((fields) => JSON.parse(JSON.stringify(fields)) as Tolerance);
  const status = fc
    .record({
      statuses: fc.array(fc.constantFrom(...words), { maxLength: 4 }),
      aggregate: maybe(fc.constantFrom(...words)),
      silent: maybe(fc.constantFrom("noSuchPack" as const, "regionUnanswered" as const)),
      filtered: fc.boolean(),
      expected: maybe(fc.constant([account(1), account(4)])),
      times: fc.constantFrom(long, now.toISOString()),
    })
    .map(({ aggregate, expected, filtered, silent, statuses, times: lastUpdateTime }) =>
      statusOf(
        rows(...statuses).map((member) => ({ ...member, lastUpdateTime })),
        {
          ...stuckAfter,
          ...(silent && failing(silent)),
          ...(aggregate !== undefined && { aggregate }),
          ...(expected && { expected }),
          ...(filtered && { onlyStatuses: ["CREATE_FAILED"] }),
        },
      ),
    );
  const hard: readonly ReasonCode[] = [
    "regionUnanswered",
    "aggregateFailed",
    "noMembers",
    "aggregateUnknown",
    "packDeleted",
    "packDeleteFailed",
    "packDeleting",
    "statusesFiltered",
  ];

  test("what no one can vouch for never passes, the status stays, and nothing gets worse", () => {
    const order: readonly Verdict[] = ["FAILED", "IN_PROGRESS", "INCOMPLETE", "PASSED"];
    let passed = 0;
    fc.assert(
      fc.property(status, tolerance, (given, tolerate) => {
        const before = structuredClone(given);
        const decision = decide(given, tolerate, now);
        expect(given).toEqual(before);
        const left = (reasons: readonly Reason[]) =>
          reasons.map(({ code }) => code).filter((code) => hard.includes(code));
        expect(left(decision.reasons)).toEqual(left(given.reasons));
        if (left(given.reasons).length > 0) expect(decision.verdict).not.toBe("PASSED");
        else if (decision.verdict === "PASSED" && given.verdict !== "PASSED") passed += 1;
        expect(order.indexOf(decision.verdict)).toBeGreaterThanOrEqual(order.indexOf(given.verdict));
        expect(decision.verdict).toBe(decision.reasons[0]?.verdict ?? "PASSED");
        if (decision.verdict === "PASSED" && given.verdict !== "PASSED") {
          expect([...decision.tolerated, ...decision.warnings]).not.toEqual([]);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(passed).toBeGreaterThan(20);
  });
});
