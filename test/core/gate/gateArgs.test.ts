import { reason } from "../../../core/status/reasons";
import { type GateArgs } from "../../../core/gate/gateArgs";
import { gateChecks } from "../../../core/gate/gateChecks";
import { isAwaited, refusalOf } from "../../../core/gate/failOn";
import { isSettled, isSettledInAgreement } from "../../../core/gate/settled";
import type { PackStatus } from "../../../core/status/packStatus";
import type { Tolerance } from "../../../core/gate/tolerance";
import { findProblems, packStatusChecks } from "../../../core/checks/validation";
import { account, row, rows } from "../../builders/members";
import { type Others, statusOf } from "../../builders/packStatus";

const failing = (code: "noSuchPack" | "regionUnanswered"): Others => ({
  regions: [{ region: "us-east-1" }, { region: "eu-west-1", failure: { code, message: "No.", nextStep: "Look." } }],
});
const excepting = (...numbers: readonly number[]): Tolerance => ({
  accounts: numbers.map((number) => ({ accountId: account(number), reason: "Legacy." })),
});
const aggregate = (status: string): Others => ({ aggregate: status });
const newer = rows("UPDATE_SUCCESSFUL", "UPDATE_IN_PROGRESS").map((member) => ({
  ...member,
  lastUpdateTime: "2026-01-02T00:00:00.000Z",
}));

/** `contradictory`: AWS is done, and its aggregate and its rows contradict each other. */
type Standing = "settled" | "contradictory" | "unsettled";

test.each<[standing: Standing, what: string, status: PackStatus, tolerate?: Tolerance]>([
  ["settled", "healthy rows", statusOf(rows("CREATE_SUCCESSFUL"))],
  ["settled", "healthy rows under a success", statusOf(rows("CREATE_SUCCESSFUL"), aggregate("CREATE_SUCCESSFUL"))],
  ["settled", "a failed row", statusOf(rows("CREATE_FAILED", "CREATE_SUCCESSFUL"))],
  ["settled", "a failed row under a failure", statusOf(rows("UPDATE_FAILED"), aggregate("UPDATE_FAILED"))],
  ["settled", "an unknown status", statusOf(rows("CREATE_PAUSED"))],
  ["settled", "an unknown aggregate", statusOf(rows("CREATE_SUCCESSFUL"), aggregate("CREATE_PAUSED"))],
  [
    "settled",
    "an unexpected row",
    statusOf(rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"), { expected: [account(1)] }),
  ],
  [
    "settled",
    "remarks",
    statusOf(rows("CREATE_SUCCESSFUL"), {
      onlyAccounts: [account(1)],
      remarks: [reason("rowsChanged", { message: "Changed." })],
    }),
  ],
  ["settled", "a region without the pack", statusOf(rows("CREATE_SUCCESSFUL"), failing("noSuchPack"))],
  ["unsettled", "an unfinished row", statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"))],
  ["unsettled", "a failed row and an unfinished one", statusOf(rows("CREATE_FAILED", "DELETE_IN_PROGRESS"))],
  [
    "unsettled",
    "an account that is missing",
    statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(1), account(2)] }),
  ],
  ["unsettled", "no row at all", statusOf([])],
  ["unsettled", "former members only", statusOf(rows("DELETE_SUCCESSFUL"))],
  ["settled", "a region that does not answer", statusOf(rows("CREATE_SUCCESSFUL"), failing("regionUnanswered"))],
  ["unsettled", "an aggregate that lags", statusOf(rows("UPDATE_SUCCESSFUL"), aggregate("UPDATE_IN_PROGRESS"))],
  ["contradictory", "a failure that no row shows", statusOf(rows("UPDATE_SUCCESSFUL"), aggregate("UPDATE_FAILED"))],
  ["contradictory", "a success over a failed row", statusOf(rows("UPDATE_FAILED"), aggregate("UPDATE_SUCCESSFUL"))],
  ["settled", "a deleted pack", statusOf(rows("CREATE_SUCCESSFUL"), aggregate("DELETE_SUCCESSFUL"))],
  ["settled", "an unfinished row, excepted", statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL")), excepting(1)],
  [
    "unsettled",
    "an unfinished row, another excepted",
    statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL")),
    excepting(2),
  ],
  [
    "settled",
    "a missing account, excepted",
    statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(1), account(2)] }),
    excepting(2),
  ],
  [
    "settled",
    "an excepted row that keeps the aggregate in progress",
    statusOf(newer, {
      regions: [
        {
          region: "us-east-1",
          aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-01T00:00:00.000Z" },
        },
      ],
    }),
    excepting(2),
  ],
  [
    "unsettled",
    "an excepted row beside outdated ones",
    statusOf(newer, {
      regions: [
        {
          region: "us-east-1",
          aggregate: { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-03T00:00:00.000Z" },
        },
      ],
    }),
    excepting(2),
  ],
  // What may be in progress in a gate is waited for all the same.
  ["unsettled", "what may be in progress", statusOf(rows("CREATE_IN_PROGRESS")), { inProgress: "allow" }],
  [
    "unsettled",
    "an aggregate that may be",
    statusOf(rows("UPDATE_SUCCESSFUL"), aggregate("UPDATE_IN_PROGRESS")),
    { inProgress: "warn" },
  ],
  [
    "settled",
    "failures within a limit, under a success",
    statusOf(rows("UPDATE_FAILED"), aggregate("UPDATE_SUCCESSFUL")),
    { maxFailedAccounts: 1 },
  ],
])("%s: %s", (standing, _what, status, tolerate = {}) => {
  expect(isSettled(status, tolerate)).toBe(standing !== "unsettled");
  expect(isSettledInAgreement(status, tolerate)).toBe(standing === "settled");
});

const settled = statusOf(rows("CREATE_SUCCESSFUL"));
const failed = statusOf(rows("CREATE_FAILED"));
const unfinished = statusOf(rows("CREATE_IN_PROGRESS"));
const both = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_FAILED"));

test.each<[args: GateArgs, status: PackStatus, awaited: boolean]>([
  [{}, unfinished, false],
  [{ waitForSettled: false }, unfinished, false],
  [{ waitForSettled: true }, unfinished, true],
  [{ waitForSettled: {} }, unfinished, true],
  [{ waitForSettled: { timeoutSeconds: 5 }, failOn: "notPassed" }, unfinished, true],
  // It lets other verdicts go on, so that a policy must see this one.
  [{ waitForSettled: true, failOn: "failed" }, unfinished, false],
  [{ waitForSettled: true, failOn: "notPassed" }, both, true],
  [{ waitForSettled: true }, settled, false],
  [{ waitForSettled: true }, failed, false],
  [{ waitForSettled: true, failOn: "never" }, unfinished, false],
  [{ waitForSettled: true, tolerate: excepting(1) }, unfinished, false],
  [{ waitForSettled: true, tolerate: { inProgress: "allow" } }, unfinished, true],
])("of %j the update awaits it: %#", (args, status, awaited) => {
  expect(isAwaited(args, status)).toBe(awaited);
});

test.each<[args: GateArgs, refused: string]>([
  [{}, ""],
  [{ failOn: "never" }, ""],
  [{ failOn: "failed" }, "failed both"],
  [{ failOn: "notPassed" }, "failed unfinished both missing"],
  // A policy is asked before the wait, so that something must refuse after it.
  [{ waitForSettled: true }, "failed unfinished both missing"],
  [{ waitForSettled: {} }, "failed unfinished both missing"],
  [{ waitForSettled: false }, ""],
  [{ waitForSettled: true, failOn: "never" }, ""],
  [{ waitForSettled: true, failOn: "failed" }, "failed both"],
  [{ failOn: "notPassed", tolerate: { maxFailedAccounts: 1 } }, "unfinished both missing"],
  [{ failOn: "failed", tolerate: excepting(1) }, "both"],
  [{ failOn: "failed", tolerate: excepting(2) }, "failed"],
  [{ failOn: "notPassed", tolerate: { inProgress: "allow" } }, "failed both missing"],
  [{ failOn: "notPassed", tolerate: excepting(1, 2) }, ""],
  [{ tolerate: excepting(1) }, ""],
])("%j refuses: %s", (args, refused) => {
  const statuses: Readonly<Record<string, PackStatus>> = {
    settled,
    failed,
    unfinished,
    both,
    missing: statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(2)] }),
  };
  const refusals = Object.entries(statuses).flatMap(([name, status]) => {
    const refusal = refusalOf(args, status);
    return refusal === undefined ? [] : [{ name, refusal }];
  });
  expect(refusals.map(({ name }) => name).join(" ")).toBe(refused);
  for (const { refusal } of refusals)
    expect(refusal).toMatch(/^Organization conformance pack "baseline" in us-east-1: /);
});

test("a region that does not answer may hide a failure; what else is incomplete is not told then", () => {
  const silent = statusOf(rows("CREATE_SUCCESSFUL", "CREATE_PAUSED"), {
    ...failing("regionUnanswered"),
    expected: [account(1), account(2), account(3)],
  });
  for (const tolerate of [undefined, { maxFailedAccounts: 9, noSuchPack: "allow" } as const]) {
    const refusal = refusalOf({ failOn: "failed", ...(tolerate && { tolerate }) }, silent) ?? "";
    expect(refusal.split("\n")).toEqual([
      'Organization conformance pack "baseline" in us-east-1, eu-west-1: No.',
      "  eu-west-1: No.",
      "    Next: Look.",
    ]);
  }
  expect(refusalOf({ failOn: "notPassed" }, silent)).toMatch(/Unknown status[^]*No row/);
  expect(refusalOf({ failOn: "failed" }, statusOf(rows("CREATE_SUCCESSFUL"), failing("noSuchPack")))).toBeUndefined();
});

test("that the pack's own status says otherwise is noted, whatever is refused", () => {
  const status = statusOf(rows("UPDATE_FAILED"), aggregate("UPDATE_SUCCESSFUL"));
  for (const failOn of ["failed", "notPassed"] as const) {
    expect(refusalOf({ failOn }, status)).toContain(
      "\n  Note: AWS reports the pack in us-east-1 as UPDATE_SUCCESSFUL, ",
    );
  }
});

test("a refusal tells what is not tolerated, and nothing else", () => {
  const members = [
    row({ status: "CREATE_FAILED", errorCode: "Excused" }),
    row({ accountId: account(2), status: "CREATE_FAILED", errorCode: "Blamed" }),
  ];
  const refusal = refusalOf({ failOn: "failed", tolerate: excepting(1) }, statusOf(members));
  expect(refusal).toContain(account(2));
  expect(refusal).toContain("Blamed");
  expect(refusal).not.toContain("Excused");
});

test("an exception that has expired is told by the refusal", () => {
  const accounts = [{ accountId: account(1), reason: "Legacy.", expires: "2020-01-01" }];
  expect(refusalOf({ failOn: "failed", tolerate: { accounts } }, failed)).toContain(
    `The exception for ${account(1)} expired on 2020-01-01: Legacy.`,
  );
});

const checks = { ...packStatusChecks, ...gateChecks };

test.each<[args: object, property: string, says: string]>([
  [{ waitForSettled: "yes" }, "waitForSettled", '"yes" is not an object with timeoutSeconds, pollSeconds.'],
  [{ waitForSettled: 60 }, "waitForSettled", "60 is not an object"],
  [{ waitForSettled: null }, "waitForSettled", "null is not an object"],
  [{ waitForSettled: { timeout: 60 } }, "waitForSettled.timeout", 'Did you mean "timeoutSeconds"?'],
  [
    { waitForSettled: { timeoutSeconds: 0 } },
    "waitForSettled.timeoutSeconds",
    "0 is not a number of seconds above 0, up to 86400.",
  ],
  [{ waitForSettled: { timeoutSeconds: 86_401 } }, "waitForSettled.timeoutSeconds", "86401 is not"],
  [{ waitForSettled: { pollSeconds: 3_601 } }, "waitForSettled.pollSeconds", "above 0, up to 3600."],
  [{ waitForSettled: { pollSeconds: "15" } }, "waitForSettled.pollSeconds", '"15" is not a number of seconds'],
  [
    { tolerate: { accounts: [{ accountId: account(1), reson: "x", reason: "x" }] } },
    "tolerate.accounts[0].reson",
    "reason",
  ],
  [
    { tolerate: { accounts: [{ accountId: account(1) }] } },
    "tolerate.accounts[0].reason",
    "It is required: a reason of 1 to 500 characters.",
  ],
  [{ tolerate: "all" }, "tolerate", '"all" is not an object'],
  [{ triggers: 7 }, "triggers", "7 is not a list."],
  [{ triggers: {} }, "triggers", "is not a list"],
  [{ failOn: "failled" }, "failOn", 'Did you mean "failed"?'],
])("%j is refused at %s", (args, property, says) => {
  expect(findProblems({ name: "baseline", ...args }, checks)).toMatchObject([
    { property, reason: expect.stringContaining(says) as string },
  ]);
});

test.each([
  [{ waitForSettled: true }],
  [{ waitForSettled: {} }],
  [{ waitForSettled: { timeoutSeconds: 86_400, pollSeconds: 0.01 } }],
  [{ triggers: [] }],
  [{ triggers: [{ any: ["thing"] }, 7, null, null] }],
  [{ triggers: "a digest" }],
  [{ failOn: "never", tolerate: { accounts: [{ accountId: account(1), reason: "x" }] } }],
])("nothing is wrong with %j", (args) => {
  expect(findProblems({ name: "baseline", ...args }, checks)).toEqual([]);
});
