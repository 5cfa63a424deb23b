import { decide } from "../../../core/gate/decideChecked";
import type { Tolerance } from "../../../core/gate/tolerance";
import { parseTolerance, toleranceCheck } from "../../../core/gate/toleranceCheck";
import { except, silent } from "../../builders/exceptions";
import { account, rows } from "../../builders/members";
import { statusOf } from "../../builders/packStatus";

test.each<[tolerate: unknown, property: string, reason: string]>([
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
  [{ accounts: [{ ...except(1), regions: [] }] }, "tolerate.accounts[0].regions", "The list has 0 entries"],
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
  [{ maxFailedPercent: -0.1 }, "tolerate.maxFailedPercent", "-0.1 is not a number from 0 to 100."],
  [{ maxFailedPercent: NaN }, "tolerate.maxFailedPercent", "NaN is not"],
  [{ maxFailedPercent: "5" }, "tolerate.maxFailedPercent", '"5" is not'],
  [{ inProgress: "warning" }, "tolerate.inProgress", 'Did you mean "warn"?'],
  [{ unanswered: true }, "tolerate.unanswered", "is not an object with reason, expires"],
  [{ unanswered: { reason: "x" } }, "tolerate.unanswered.expires", "It is required: a time in UTC, such as"],
  [{ unanswered: { expires: "2026-03-15T20:00Z" } }, "tolerate.unanswered.reason", "It is required: a reason"],
  ...[
    "2026-03-15",
    "2026-03-15T20:00",
    "2026-03-15T20:00:00+00:00",
    "2026-02-30T20:00Z",
    "2026-03-15T24:00Z",
    "2026-03-15T23:60Z",
    "2026-03-15T23:59:60Z",
    "2026-03-15 20:00Z",
    "in 4 hours",
    "",
    1773000000000,
  ].map((expires): [unknown, string, string] => [
    { unanswered: { reason: "x", expires } },
    "tolerate.unanswered.expires",
    "is not a time in UTC, such as",
  ]),
  [silent(24.01), "tolerate.unanswered.expires", "is more than 24 hours ahead."],
  [{ unanswered: { reason: "x", expires: "2999-01-01T00:00Z" } }, "tolerate.unanswered.expires", "24 hours ahead"],
  [{ unanswered: { ...silent(1).unanswered, regions: ["eu-west-1"] } }, "tolerate.unanswered.regions", "no such arg"],
  [{ noSuchPack: true }, "tolerate.noSuchPack", "true is not one of allow, warn, refuse."],
])("the exceptions %j are refused at %s", (tolerate, property, reason) => {
  expect(toleranceCheck(tolerate, "tolerate")).toMatchObject([
    { property, reason: expect.stringContaining(reason) as string },
  ]);
  expect(() => parseTolerance(tolerate, "baseline")).toThrow(
    expect.objectContaining({
      name: "InvalidArgumentsError",
      packName: "baseline",
      problems: [expect.objectContaining({ property }) as unknown],
    }) as Error,
  );
});

test.each<[tolerate: Tolerance]>([
  [{}],
  [{ accounts: [] }],
  [{ accounts: [except(1, { reason: "x".repeat(500), expires: "2024-02-29", regions: ["eu-west-1"] }), except(1)] }],
  [silent(23.99)],
  [silent(0.5)],
  // It has no effect any more, and is no mistake: a saved state may have it.
  [{ unanswered: { reason: "x", expires: "2020-01-01T00:00Z" } }],
  [{ unanswered: { reason: "x", expires: "2020-02-29T23:59:59.999Z" } }],
  [{ maxFailedAccounts: 0, maxFailedPercent: 0.5, inProgress: "warn", noSuchPack: "refuse" }],
  [{ maxFailedPercent: 0 }],
  [{ maxFailedPercent: 100 }],
])("the exceptions %j are accepted", (tolerate) => {
  expect(parseTolerance(tolerate, "baseline")).toBe(tolerate);
});

test("no exceptions are as good as empty ones", () => {
  expect(parseTolerance(undefined, "baseline")).toEqual({});
});

test("the decision of programs refuses exceptions that are not acceptable", () => {
  const tolerate = { maxFailedAccounts: "3" } as unknown as Tolerance;
  expect(() => decide(statusOf(rows("CREATE_SUCCESSFUL")), tolerate)).toThrow(
    expect.objectContaining({ name: "InvalidArgumentsError", packName: "baseline" }) as Error,
  );
});
