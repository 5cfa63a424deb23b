import type { Tolerance } from "../../core/gate/tolerance";
import { createPolicies } from "../../policy/policies";
import { violationsOf } from "./evaluate";
import { account, excepting, gateOf, noRecorder, rows, silent, stateOf } from "./stateOf";

const { incomplete, inProgress, memberFailed } = createPolicies();

const expected = [1, 2, 3].map(account);
const healthy = rows(2, {}, 2);

/** In each, account 1 keeps the gate closed. */
const troubles = [
  { what: "a failed account", policy: memberFailed, members: [...rows(1, noRecorder), ...healthy] },
  {
    what: "an unfinished account",
    policy: inProgress,
    members: [...rows(1, { status: "UPDATE_IN_PROGRESS" }), ...healthy],
  },
  { what: "an unknown status", policy: incomplete, members: [...rows(1, { status: "CREATE_PAUSED" }), ...healthy] },
  { what: "a missing account", policy: incomplete, members: healthy },
];

const far = { expires: "2999-12-31" };
const past = { expires: "2020-02-29" };

describe.each(troubles)("$what", ({ members, policy }) => {
  /** The violations, with the exceptions in the configuration or in the resource. */
  async function violations({ config, resource }: { config?: Tolerance; resource?: Tolerance }): Promise<string[]> {
    const props = gateOf(members, { ...(resource && { tolerate: resource }) }, { expectedAccounts: expected });
    return violationsOf(policy, { props }, { ...(config && { tolerate: config }) });
  }

  test.each<{ what: string; tolerate: Tolerance; passes: boolean }>([
    { what: "the account's", tolerate: excepting(1), passes: true },
    {
      what: "the account's, in the region",
      tolerate: excepting(1, { regions: ["eu-west-1", "us-east-1"] }),
      passes: true,
    },
    { what: "the account's, until a day to come", tolerate: excepting(1, far), passes: true },
    { what: "another account's", tolerate: excepting(2), passes: false },
    { what: "the account's, in another region", tolerate: excepting(1, { regions: ["eu-west-1"] }), passes: false },
    { what: "the account's, until a day that is over", tolerate: excepting(1, past), passes: false },
    { what: "none", tolerate: {}, passes: false },
  ])("with an exception that is $what: passes $passes", async ({ passes, tolerate }) => {
    const count = passes ? 0 : 1;
    expect(await violations({ resource: tolerate })).toHaveLength(count);
    expect(await violations({ config: tolerate })).toHaveLength(count);
  });

  test("the tolerate of the policy's configuration replaces the resource's own", async () => {
    const [given] = await violations({});
    expect(await violations({ resource: excepting(1), config: {} })).toEqual([given]);
    expect(await violations({ resource: excepting(1), config: { accounts: [] } })).toEqual([given]);
    expect(await violations({ resource: excepting(1), config: excepting(2) })).toEqual([given]);
    expect(await violations({ resource: {}, config: excepting(1) })).toEqual([]);
    expect(await violations({ resource: excepting(2), config: excepting(1) })).toEqual([]);
  });

  test("the violation names the exception that expired, and its reason", async () => {
    const [violation = ""] = await violations({ resource: excepting(1, past) });
    expect(violation.split("\n", 1).join()).toMatch(
      /\. The exception for 100000000001 expired on 2020-02-29: Ann decided it\.$/,
    );
    const [given = ""] = await violations({ resource: excepting(2, past) });
    expect(given).not.toContain("expired");
  });
});

test.each([
  { what: "failed", policy: memberFailed, row: noRecorder },
  { what: "unfinished", policy: inProgress, row: { status: "CREATE_IN_PROGRESS" } },
  { what: "of an unknown status", policy: incomplete, row: { status: "CREATE_PAUSED" } },
  { what: "missing", policy: incomplete, row: undefined },
])("of three accounts that are $what, those without an exception are listed", async ({ policy, row }) => {
  const props = gateOf(
    [...(row ? rows(3, row) : []), ...rows(1, {}, 4)],
    { tolerate: excepting(2) },
    { expectedAccounts: [1, 2, 3, 4].map(account) },
  );
  const violations = await violationsOf(policy, { props });
  expect(violations).toEqual([expect.stringContaining(", 2 accounts: 100000000001, 100000000003\n")]);
  expect(violations.join()).not.toContain(account(2));
});

test("an exception for a failed account does not cover one in progress", async () => {
  const props = gateOf([...rows(1, noRecorder), ...rows(1, { status: "CREATE_IN_PROGRESS" }, 2)], {
    tolerate: excepting(1),
  });
  expect(await violationsOf(memberFailed, { props })).toEqual([]);
  expect(await violationsOf(inProgress, { props })).toHaveLength(1);
});

describe("three of ten accounts failed", () => {
  const members = [...rows(3, noRecorder), ...rows(7, {}, 4), ...rows(5, { status: "DELETE_SUCCESSFUL" }, 20)];

  test.each<{ tolerate: Tolerance; passes: boolean }>([
    { tolerate: { maxFailedAccounts: 3 }, passes: true },
    { tolerate: { maxFailedAccounts: 2 }, passes: false },
    { tolerate: { maxFailedAccounts: 0 }, passes: false },
    { tolerate: { maxFailedPercent: 30 }, passes: true },
    { tolerate: { maxFailedPercent: 29.9 }, passes: false },
    { tolerate: { maxFailedAccounts: 3, maxFailedPercent: 29 }, passes: false },
    { tolerate: { maxFailedAccounts: 2, maxFailedPercent: 100 }, passes: false },
    { tolerate: { maxFailedAccounts: 3, maxFailedPercent: 30 }, passes: true },
    { tolerate: { ...excepting(1), maxFailedAccounts: 2 }, passes: true },
    { tolerate: { ...excepting(1), maxFailedPercent: 20 }, passes: true },
    { tolerate: { ...excepting(9), maxFailedAccounts: 2 }, passes: false },
  ])("within $tolerate they pass: $passes", async ({ passes, tolerate }) => {
    const inProps = await violationsOf(memberFailed, { props: gateOf(members, { tolerate }) });
    const inConfig = await violationsOf(memberFailed, { props: gateOf(members, {}) }, { tolerate });
    expect(inConfig).toEqual(inProps);
    if (passes) expect(inProps).toEqual([]);
    else expect(inProps).toEqual([expect.stringContaining("3 accounts: 100000000001, 100000000002, 100000000003")]);
  });

  test("above a limit, the accounts with an exception are left out of the list", async () => {
    const props = gateOf(members, { tolerate: { ...excepting(1), maxFailedAccounts: 1 } });
    const [violation = ""] = await violationsOf(memberFailed, { props });
    expect(violation).toContain("2 accounts: 100000000002, 100000000003\n");
    expect(violation).not.toContain(account(1));
  });
});

test("an account with an exception in one region is listed with the other region alone", async () => {
  const failing = (region: string) => rows(1, { ...noRecorder, region });
  const props = gateOf(
    [...failing("us-east-1"), ...failing("eu-west-1")],
    { tolerate: excepting(1, { regions: ["us-east-1"] }) },
    { regions: ["us-east-1", "eu-west-1"] },
  );
  const [violation] = await violationsOf(memberFailed, { props });
  expect(violation?.split("\n")[1]).toMatch(/1 account in eu-west-1: 100000000001$/);
});

test.each([
  { what: "failed", policy: memberFailed, row: noRecorder },
  { what: "unfinished", policy: inProgress, row: { status: "CREATE_IN_PROGRESS" } },
  { what: "of an unknown status", policy: incomplete, row: { status: "CREATE_PAUSED" } },
])("the names of accounts that are $what stand behind their ids, sanitized", async ({ policy, row }) => {
  const props = gateOf(
    [
      ...rows(1, { ...row, accountName: "Payments (prod)" }),
      ...rows(1, row, 2),
      ...rows(1, { ...row, accountName: "red\u001b[31m\n::error::oops" }, 3),
    ],
    {},
  );
  const [violation = ""] = await violationsOf(policy, { props });
  expect(violation).toContain(`3 accounts: 100000000001 ("Payments (prod)"), 100000000002, 100000000003 ("red`);
  // eslint-disable-next-line no-control-regex -- They are what must not be there.
  expect(violation).not.toMatch(/\u001b|\n::error/);
});

test("the name of a missing account stands behind its id", async () => {
  const props = stateOf(rows(1), {
    expectedAccounts: [1, 2].map(account),
    accountNames: new Map([[account(2), "Sandbox"]]),
  });
  const [violation] = await violationsOf(incomplete, { props });
  expect(violation).toContain(", 1 account: 100000000002 (Sandbox)\n");
});

describe("a pack in progress", () => {
  const old = { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-01T00:00:00.000Z" };

  test.each(["allow", "warn", "refuse"] as const)("follows inProgress %s", async (handling) => {
    const violations = await violationsOf(inProgress, {
      props: gateOf(rows(2, old), { tolerate: { inProgress: handling } }),
    });
    expect(violations).toHaveLength(handling === "refuse" ? 1 : 0);
  });

  test.each([
    { aggregate: "UPDATE_IN_PROGRESS", row: {} },
    { aggregate: "UPDATE_IN_PROGRESS", row: { status: "UPDATE_IN_PROGRESS" } },
  ])("is allowed where $aggregate is the aggregate of $row too", async ({ aggregate, row }) => {
    const props = gateOf([...rows(1, row), ...rows(1, {}, 2)], { tolerate: { inProgress: "allow" } }, { aggregate });
    expect(await violationsOf(inProgress, { props })).toEqual([]);
  });

  test("is not allowed where rows are stuck, and these alone are listed", async () => {
    const members = [...rows(1, old), ...rows(1, { ...old, lastUpdateTime: new Date().toISOString() }, 2)];
    const props = gateOf(members, { tolerate: { inProgress: "allow" } }, { stuckAfterMinutes: 60 });
    const [violation = ""] = await violationsOf(inProgress, { props });
    expect(violation).toContain(account(1));
    expect(violation).not.toContain(account(2));
    const excepted = { ...excepting(1), inProgress: "allow" } as const;
    expect(await violationsOf(inProgress, { props }, { tolerate: excepted })).toEqual([]);
  });
});

test.each(["allow", "warn", "refuse"] as const)(
  "a pack that one region does not know, with noSuchPack %s",
  async (handling) => {
    const props = gateOf(
      rows(1),
      { tolerate: { noSuchPack: handling } },
      { regions: ["us-east-1", silent("eu-west-1", "noSuchPack")] },
    );
    expect(await violationsOf(incomplete, { props })).toHaveLength(handling === "refuse" ? 1 : 0);
  },
);

test.each<{ what: string; props: object; policy: typeof memberFailed }>([
  {
    what: "an aggregate that failed over clean rows",
    policy: memberFailed,
    props: gateOf(rows(1), {}, { aggregate: "CREATE_FAILED" }),
  },
  {
    what: "a region that did not answer",
    policy: incomplete,
    props: stateOf(rows(1), { regions: ["us-east-1", silent("eu-west-1")] }),
  },
  {
    what: "a pack that is being deleted",
    policy: incomplete,
    props: gateOf(rows(1), {}, { aggregate: "DELETE_IN_PROGRESS" }),
  },
  {
    what: "a pack that AWS failed to delete",
    policy: memberFailed,
    props: gateOf(rows(1, { status: "DELETE_FAILED" }), {}, { aggregate: "DELETE_FAILED" }),
  },
  {
    what: "a pack that is deleted",
    policy: incomplete,
    props: gateOf(rows(1), {}, { aggregate: "DELETE_SUCCESSFUL" }),
  },
  { what: "a pack without a member", policy: incomplete, props: gateOf([], {}) },
])("no exception is for $what", async ({ policy, props }) => {
  const tolerate: Tolerance = {
    ...excepting(1),
    maxFailedAccounts: 1_000,
    maxFailedPercent: 100,
    inProgress: "allow",
    noSuchPack: "allow",
  };
  expect(await violationsOf(policy, { props: { ...props, tolerate } }, { tolerate })).toHaveLength(1);
});
