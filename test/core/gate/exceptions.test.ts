import { decide } from "../../../core/gate/decideChecked";
import type { Tolerance } from "../../../core/gate/tolerance";
import type { PackStatus } from "../../../core/status/packStatus";
import type { ReasonCode } from "../../../core/status/reasons";
import { except, excepting } from "../../builders/exceptions";
import { account, failing, row, rows } from "../../builders/members";
import { expecting, inRegions, statusOf } from "../../builders/packStatus";
import { after, before, now, putAt, stuckAfter, stuckRow } from "./cases";

const failed = statusOf(failing(1, 2));
const unfinished = statusOf(rows("CREATE_IN_PROGRESS", "CREATE_SUCCESSFUL"));

test.each<[what: string, status: PackStatus, sentence: string]>([
  ["a failed account", failed, "is CREATE_FAILED in us-east-1. Excepted: Legacy."],
  ["an account in progress", unfinished, "is CREATE_IN_PROGRESS in us-east-1. Excepted: Legacy."],
  ["an unknown status", statusOf(rows("PAUSED")), "is PAUSED in us-east-1. Excepted: Legacy."],
  [
    "a missing account",
    statusOf([row({ accountId: account(2) })], { regions: expecting(1, 2) }),
    "is missing in us-east-1. Excepted: Legacy.",
  ],
])("the use of an exception for %s is reported with its reason", (_what, status, sentence) => {
  expect(decide(status, excepting(1)).tolerated).toEqual([`Account ${account(1)} ${sentence}`]);
});

test("the use of an exception in many regions names five of them", () => {
  const names = Array.from({ length: 7 }, (_, index) => `us-east-${String(index + 1)}`);
  const sentenceOf = (some: readonly string[]) =>
    decide(
      statusOf(
        some.map((region) => row({ region, status: "CREATE_FAILED" })),
        { regions: inRegions(...some) },
      ),
      excepting(1),
    ).tolerated[0];
  expect(sentenceOf(names)).toMatch(/^[^7]*us-east-5 and 2 more\. Excepted/);
  expect(sentenceOf(names.slice(0, 5))).toContain("us-east-5. Excepted");
});

describe("an exception for an organizational unit", () => {
  const units = [
    { id: "ou-root-legacy01", accountIds: [account(1), account(2)] },
    { id: "ou-root-attic001", parentId: "ou-root-legacy01", accountIds: [account(3)] },
  ];
  const inUnits = (...statuses: readonly string[]): PackStatus => ({
    ...statusOf(rows(...statuses)),
    organizationalUnits: units,
  });
  const forUnit = (id: string, others: object = {}) => ({ id, reason: "Legacy.", ...others });

  test.each<[what: string, status: PackStatus, id: string, sentence: string]>([
    [
      "one account",
      inUnits("CREATE_FAILED", "CREATE_SUCCESSFUL"),
      "ou-root-legacy01",
      "1 account of organizational unit ou-root-legacy01 is CREATE_FAILED in us-east-1. Excepted: Legacy.",
    ],
    [
      "accounts of a unit inside too",
      inUnits("CREATE_FAILED", "CREATE_SUCCESSFUL", "CREATE_FAILED"),
      "ou-root-legacy01",
      "2 accounts of organizational unit ou-root-legacy01 are CREATE_FAILED in us-east-1. Excepted: Legacy.",
    ],
  ])("that covers %s is reported with their number", (_what, status, id, sentence) => {
    const { tolerated, verdict, warnings } = decide(status, { organizationalUnits: [forUnit(id)] });
    expect({ tolerated, verdict, warnings }).toEqual({ tolerated: [sentence], verdict: "PASSED", warnings: [] });
  });

  test("covers no account beside it", () => {
    const { tolerated, verdict } = decide(inUnits("CREATE_FAILED"), {
      organizationalUnits: [forUnit("ou-root-attic001")],
    });
    expect([verdict, tolerated]).toEqual(["FAILED", []]);
  });

  test.each<[what: string, status: PackStatus, others: object, warning: string]>([
    [
      "whose accounts are well",
      inUnits("CREATE_SUCCESSFUL"),
      {},
      "matches nothing: no account in it needs an exception, or other exceptions cover them. Remove it.",
    ],
    [
      "that was not read",
      statusOf(rows("CREATE_SUCCESSFUL")),
      {},
      "has no effect: this status was looked up without the accounts of organizational units. Set it where the pack is looked up.",
    ],
    [
      "that was not read, and has expired",
      statusOf(rows("CREATE_SUCCESSFUL")),
      { expires: "2020-01-01" },
      "has no effect: this status was looked up without the accounts of organizational units. Set it where the pack is looked up. It expired on 2020-01-01.",
    ],
  ])("%s is a warning", (_what, status, others, warning) => {
    const { warnings } = decide(status, { organizationalUnits: [forUnit("ou-root-legacy01", others)] });
    expect(warnings).toEqual([`The exception for organizational unit ou-root-legacy01 ${warning}`]);
  });

  test("gives way to the account's own exception, and says that it is not needed", () => {
    const { tolerated, warnings } = decide(inUnits("CREATE_FAILED"), {
      ...excepting(1),
      organizationalUnits: [forUnit("ou-root-legacy01")],
    });
    expect(tolerated).toEqual([expect.stringMatching(/^Account 000000000001 is CREATE_FAILED/)]);
    expect(warnings).toEqual([expect.stringContaining("or other exceptions cover them")]);
  });
});

test("of two exceptions for an account, the one that is not used says that the other covers it", () => {
  const { warnings } = decide(failed, { accounts: [except(1), except(1, { regions: ["us-east-1"] })] });
  expect(warnings).toEqual([expect.stringContaining("another exception covers the account already")]);
});

describe("an exception that expires", () => {
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
  ])("expires on %s: whether it counts at %s is %p", (expires, at, counts) => {
    const decision = decide(failed, until(expires), new Date(at));
    expect(decision.verdict).toBe(counts ? "PASSED" : "FAILED");
    expect(decision.tolerated).toEqual(
      counts ? [expect.stringContaining(`. Excepted until ${expires}: Legacy.`) as string] : [],
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
    "keeps the gate closed, and is reported once, when it has expired and the account %s",
    (_what, status, others, code) => {
      const number = code === "accountsMissing" ? 2 : 1;
      const decision = decide(status, { ...until("2026-03-14", number), ...others }, now);
      expect(decision.verdict).toBe(status.verdict);
      const sentence = `The exception for ${account(number)} expired on 2026-03-14: Legacy.`;
      const expired = decision.reasons.filter(({ message }) => message.includes(sentence));
      expect(expired.map((reason) => reason.code)).toEqual([code]);
      // Something needs it, so it is not reported as unused.
      expect(decision.warnings).toEqual([]);
    },
  );

  test("is reported once for a stuck account, which is in progress too", () => {
    const { reasons } = decide(statusOf([stuckRow(1)], stuckAfter), until("2026-03-14"), now);
    expect(reasons.map(({ code, message }) => [code, message.includes("expired")])).toEqual([
      ["membersInProgress", true],
      ["membersStuck", false],
    ]);
  });

  test("is reported when nothing needs it any more, and changes no verdict", () => {
    const decision = decide(statusOf(rows("CREATE_SUCCESSFUL")), until("2026-03-14"), now);
    expect(decision).toMatchObject({ verdict: "PASSED", reasons: [] });
    expect(decision.warnings).toEqual([
      `The exception for ${account(1)} matches nothing: the account needs no exception. Remove it. It expired on 2026-03-14.`,
    ]);
  });

  test("does not hide a later one for the same account", () => {
    const accounts = [except(1, { expires: "2026-03-14" }), except(1, { expires: "2026-03-16", reason: "Renewed." })];
    const decision = decide(failed, { accounts }, now);
    expect(decision.verdict).toBe("PASSED");
    expect(decision.tolerated).toEqual([expect.stringContaining("Excepted until 2026-03-16: Renewed.") as string]);
  });

  test("is compared with the present by default", () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    expect(decide(failed, until(day(2))).verdict).toBe("PASSED");
    expect(decide(failed, until(day(-2))).verdict).toBe("FAILED");
  });
});

test("an expired exception is reported with each verdict that it is needed for", () => {
  const members = [row({ status: "CREATE_FAILED" }), row({ region: "eu-west-1", status: "CREATE_IN_PROGRESS" })];
  const status = statusOf(members, { regions: inRegions("eu-west-1", "us-east-1") });
  const { reasons } = decide(status, { accounts: [except(1, { expires: "2026-03-14" })] }, now);
  expect(reasons.map(({ code, message }) => [code, message.includes("expired on 2026-03-14")])).toEqual([
    ["membersFailed", true],
    ["membersInProgress", true],
  ]);
});

test("an expired exception is reported in the region where it is needed", () => {
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

describe("an exception that matches nothing", () => {
  test.each<[what: string, tolerate: Tolerance, subject: string, why: string]>([
    ["the account is healthy", excepting(2), account(2), "the account needs no exception"],
    ["there is no such account", excepting(9), account(9), "there is no such account"],
    [
      "it is for other regions",
      { accounts: [except(2, { regions: ["eu-west-1", "eu-west-2"] })] },
      `${account(2)} in eu-west-1, eu-west-2`,
      "there is no such account",
    ],
    [
      "another one covers the account",
      { accounts: [except(1), except(1, { regions: ["us-east-1"] })] },
      `${account(1)} in us-east-1`,
      "another exception covers the account already",
    ],
  ])("is reported when %s", (_what, tolerate, subject, why) => {
    expect(decide(failed, tolerate, now).warnings).toEqual([
      `The exception for ${subject} matches nothing: ${why}. Remove it.`,
    ]);
  });

  test("may be for an account whose rows were left out", () => {
    const partial = statusOf(failing(1), {
      regions: [{ region: "us-east-1", hasSuccessful: true, aggregate: { status: "CREATE_FAILED" } }],
      successfulOmitted: true,
    });
    expect(decide(partial, excepting(1, 9), now).warnings).toEqual([
      `The exception for ${account(9)} matches nothing: the account needs no exception. Remove it.`,
    ]);
  });
});
