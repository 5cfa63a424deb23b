import { isAwaited, refusalOf } from "../../../core/gate/failOn";
import type { GateArgs } from "../../../core/gate/gateArgs";
import type { PackStatus } from "../../../core/status/packStatus";
import { except, excepting } from "../../builders/exceptions";
import { account, row, rows } from "../../builders/members";
import { expecting, statusOf, withoutAnswer } from "../../builders/packStatus";

const statuses = {
  settled: statusOf(rows("CREATE_SUCCESSFUL")),
  failed: statusOf(rows("CREATE_FAILED")),
  unfinished: statusOf(rows("CREATE_IN_PROGRESS")),
  both: statusOf(rows("CREATE_IN_PROGRESS", "CREATE_FAILED")),
  missing: statusOf(rows("CREATE_SUCCESSFUL"), { expected: [account(2)] }),
};

test.each<[args: GateArgs, name: keyof typeof statuses, awaited: boolean]>([
  [{}, "unfinished", false],
  [{ waitForSettled: false }, "unfinished", false],
  [{ waitForSettled: true }, "unfinished", true],
  [{ waitForSettled: {} }, "unfinished", true],
  [{ waitForSettled: { timeoutSeconds: 5 }, failOn: "notPassed" }, "unfinished", true],
  // It would open for this verdict after the wait, so the policies must judge it before.
  [{ waitForSettled: true, failOn: "failed" }, "unfinished", false],
  [{ waitForSettled: true, failOn: "notPassed" }, "both", true],
  [{ waitForSettled: true }, "settled", false],
  [{ waitForSettled: true }, "failed", false],
  [{ waitForSettled: true, failOn: "never" }, "unfinished", false],
  [{ waitForSettled: true, tolerate: excepting(1) }, "unfinished", false],
  [{ waitForSettled: true, tolerate: { inProgress: "allow" } }, "unfinished", true],
])("with %j and a pack that is %s, whether the update waits is %p", (args, name, awaited) => {
  expect(isAwaited(args, statuses[name])).toBe(awaited);
});

test.each<[args: GateArgs, refused: string]>([
  [{}, ""],
  [{ failOn: "never" }, ""],
  [{ failOn: "failed" }, "failed both"],
  [{ failOn: "notPassed" }, "failed unfinished both missing"],
  // Policies judge before the wait, so the resource must refuse after it.
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
])("%j refuses these packs: %s", (args, refused) => {
  const refusals = Object.entries(statuses).flatMap(([name, status]) => {
    const refusal = refusalOf(args, status);
    return refusal === undefined ? [] : [{ name, refusal }];
  });
  expect(refusals.map(({ name }) => name).join(" ")).toBe(refused);
  for (const { refusal } of refusals)
    expect(refusal).toMatch(/^Organization conformance pack "baseline" in us-east-1: /);
});

test('failOn "failed" refuses a region without an answer, which may hide a failure, and reports nothing else', () => {
  const silent = statusOf(rows("CREATE_SUCCESSFUL"), {
    regions: withoutAnswer("regionUnanswered"),
    expected: [1, 2, 3].map(account),
  });
  for (const tolerate of [{}, { maxFailedAccounts: 9, noSuchPack: "allow" } as const]) {
    expect(refusalOf({ failOn: "failed", tolerate }, silent)?.split("\n")).toEqual([
      'Organization conformance pack "baseline" in us-east-1, eu-west-1: eu-west-1 says no.',
      "  eu-west-1:",
      "    Next: Look there.",
    ]);
  }
  const noPack = statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("noSuchPack") });
  expect(refusalOf({ failOn: "failed" }, noPack)).toBeUndefined();
});

test.each<[what: string, status: PackStatus, says: string]>([
  [
    "a row",
    statusOf(rows("CREATE_SUCCESSFUL", "CREATE_ERROR")),
    `Unknown status (CREATE_ERROR), 1 account: ${account(2)}`,
  ],
  ["the whole pack", statusOf(rows("CREATE_SUCCESSFUL"), { aggregate: "CREATE_ERROR" }), "as CREATE_ERROR"],
])('failOn "failed" refuses an unknown status of %s, which may be a failure', (_what, status, says) => {
  expect(refusalOf({ failOn: "failed" }, status)).toContain(says);
  expect(refusalOf({ failOn: "never" }, status)).toBeUndefined();
});

test('failOn "failed" opens for an unknown status of an account that is excepted', () => {
  const status = statusOf(rows("CREATE_SUCCESSFUL", "CREATE_ERROR"));
  expect(refusalOf({ failOn: "failed", tolerate: excepting(2) }, status)).toBeUndefined();
});

test('failOn "failed" reports failures, and no account that is in progress or missing', () => {
  const status = statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS"), { regions: expecting(1, 2, 3) });
  const refusal = refusalOf({ failOn: "failed" }, status);
  expect(refusal).toContain(account(1));
  expect(refusal).not.toContain(account(2));
  expect(refusal).not.toContain(account(3));
  expect(refusalOf({ failOn: "notPassed" }, status)).toMatch(
    new RegExp([1, 2, 3].map((number) => `${account(number)}[^]*`).join("")),
  );
});

test.each(["failed", "notPassed"] as const)("failOn %j notes that the aggregate contradicts the rows", (failOn) => {
  const status = statusOf(rows("UPDATE_FAILED"), { aggregate: "UPDATE_SUCCESSFUL" });
  const note = status.reasons.find(({ code }) => code === "aggregateDisagrees")?.message ?? "";
  expect(refusalOf({ failOn }, status)).toContain(`\n  Note: ${note}\n`);
});

test("a refusal reports what is not excepted, and nothing else", () => {
  const members = [
    row({ status: "CREATE_FAILED", errorCode: "Excepted" }),
    row({ accountId: account(2), status: "CREATE_FAILED", errorCode: "Reported" }),
  ];
  const refusal = refusalOf({ failOn: "failed", tolerate: excepting(1) }, statusOf(members));
  expect(refusal).toContain("Reported");
  expect(refusal).not.toContain("Excepted");
});

test("a refusal reports an exception that has expired", () => {
  const accounts = [except(1, { expires: "2020-01-01" })];
  expect(refusalOf({ failOn: "failed", tolerate: { accounts } }, statuses.failed)).toContain("expired on 2020-01-01");
});
