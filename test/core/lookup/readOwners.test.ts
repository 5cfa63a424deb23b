import fc from "fast-check";
import type { EmulatedAccount, EmulatedOrganization, Emulator, Fault } from "../../../emulator";
import { decide } from "../../../core/gate/decide";
import type { Tolerance } from "../../../core/gate/tolerance";
import { report } from "../../../core/gate/report";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { MemberStatus } from "../../../core/status/memberStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import { notPassed } from "../../../core/status/verdict";
import { hostileNames } from "../../report/hostileNames";
import { excepting } from "../../builders/exceptions";
import { account, failing, rows } from "../../builders/members";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";

const management = { id: "111111111111" };
const operation = "ListTagsForResource";
const read = "organizations:ListTagsForResource";

/** An organization in which the accounts with these numbers belong to an owner. */
function ownedBy(owners: Readonly<Record<number, string>>, count = 5): EmulatedOrganization {
  const accounts = Array.from({ length: count }, (_, index): EmulatedAccount => {
    const owner = owners[index + 1];
    return { id: account(index + 1), tags: { stage: "prod", ...(owner !== undefined && { owner }) } };
  });
  return { accounts: [management, ...accounts] };
}

/** More than fit on a page. */
const manyTags = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`tag-${String(index)}`, "x"]));

async function lookUp(
  { endpoint }: Emulator,
  args: Partial<PackStatusArgs> = { ownerTag: "owner" },
  signal?: AbortSignal,
): Promise<PackStatus> {
  // "standard" does not slow down after a throttled answer.
  const settings = settingsFor(endpoint, { retryMode: "standard" });
  return gatherPackStatus({ name: "baseline", maxAttempts: 1, ...args }, { settings, signal });
}

const membersOf = (members: readonly MemberStatus[]) => members.map(({ accountId, status }) => ({ accountId, status }));
const packOf = (members = failing(2, 4)) => [{ name: "baseline", members: membersOf(members) }];
const tagCalls = ({ requests }: Emulator) => requests.filter((request) => request.operation === operation);

describe("the owners of a lookup", () => {
  test("are those of the accounts that a report names, and no healthy account is asked for", async () => {
    const emulator = await emulate({
      packs: packOf(),
      organization: ownedBy({ 1: "team-a", 2: "team-b", 3: "team-c" }),
    });
    const status = await lookUp(emulator, { ownerTag: "owner", expectedAccounts: [1, 2, 3, 4, 5].map(account) });
    expect(status.accountOwners).toEqual({
      owners: [
        { owner: "team-a", accountIds: [account(1)] },
        { owner: "team-b", accountIds: [account(2)] },
      ],
    });
    // The fifth is missing, and has no tag.
    expect(tagCalls(emulator).map(({ input }) => input.ResourceId)).toEqual([1, 2, 5].map(account));
  });

  test("stand beside the accounts of a report", async () => {
    const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a", 2: "Ann, of (B)" }) });
    expect(report(await lookUp(emulator), notPassed)).toContain(
      `: ${account(1)} (owner team-a), ${account(2)} (owner "Ann, of (B)")\n`,
    );
  });

  test("are those of accounts that nobody expected, too", async () => {
    const emulator = await emulate({
      packs: packOf(rows("CREATE_SUCCESSFUL")),
      organization: ownedBy({ 1: "team-a" }),
    });
    const { accountOwners } = await lookUp(emulator, { ownerTag: "owner", expectedAccounts: [account(2)] });
    expect(accountOwners?.owners).toEqual([{ owner: "team-a", accountIds: [account(1)] }]);
    expect(tagCalls(emulator).map(({ input }) => input.ResourceId)).toContain(account(1));
  });

  test("are not read unless they are asked for, and not for a healthy pack", async () => {
    const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a" }) });
    expect(await lookUp(emulator, {})).not.toHaveProperty("accountOwners");
    emulator.setMembers("baseline", membersOf(rows("CREATE_SUCCESSFUL")));
    expect((await lookUp(emulator)).accountOwners).toEqual({ owners: [] });
    expect(tagCalls(emulator)).toEqual([]);
  });

  test("are found on a later page of tags", async () => {
    const tags = { ...manyTags, owner: "team-a" };
    const accounts = [management, { id: account(1), tags }];
    const emulator = await emulate({ packs: packOf(failing(1)), organization: { accounts } });
    expect((await lookUp(emulator)).accountOwners?.owners).toEqual([{ owner: "team-a", accountIds: [account(1)] }]);
    expect(tagCalls(emulator)).toHaveLength(3);
  });

  test("are read once for lookups with one identity", async () => {
    const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a" }) });
    const settings = settingsFor(emulator.endpoint);
    const args = { name: "baseline", ownerTag: "owner" };
    const found = await Promise.all([1, 2, 3].map(() => gatherPackStatus(args, { settings })));
    expect(found.map(({ accountOwners }) => accountOwners?.owners.length)).toEqual([1, 1, 1]);
    expect(tagCalls(emulator)).toHaveLength(2);
  });

  test.each([
    ["an empty value", ""],
    ["a blank value", "  "],
    ["a value of invisible characters", "\u200b\u202e"],
  ])("leave out %s", async (_what, value) => {
    const emulator = await emulate({ packs: packOf(failing(1)), organization: ownedBy({ 1: value }) });
    expect((await lookUp(emulator)).accountOwners).toEqual({ owners: [] });
  });

  test.each(hostileNames.map((name) => [JSON.stringify(name), name]))("are sanitized: %s", async (_name, value) => {
    const emulator = await emulate({ packs: packOf(failing(1)), organization: ownedBy({ 1: value }) });
    const status = await lookUp(emulator);
    // eslint-disable-next-line no-control-regex
    expect(JSON.stringify(status.accountOwners)).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u200b]|\\u00/);
    expect(report(status, notPassed)?.split("\n")).toHaveLength(3);
  });

  test("of 1,200 failed accounts are those of 100, ten calls at a time, and the others are counted", async () => {
    let under = 0;
    let most = 0;
    const owners = Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [index + 1, "team-a"]));
    const emulator = await emulate({
      packs: packOf(failing(1_200)),
      organization: ownedBy(owners, 1_200),
      onRequest: ({ operation: asked }) => {
        if (asked !== operation) return;
        under += 1;
        most = Math.max(most, under);
        setImmediate(() => (under -= 1));
      },
    });
    const { accountOwners } = await lookUp(emulator);
    expect(accountOwners?.owners[0]?.accountIds).toHaveLength(100);
    expect(accountOwners?.warning).toBe("The owners of 1100 other accounts were not read: a lookup reads at most 100.");
    expect(tagCalls(emulator)).toHaveLength(100);
    expect(most).toBeLessThanOrEqual(10);
  });

  test("of many failed accounts don't crowd out those of another cause", async () => {
    const emulator = await emulate({ packs: packOf(failing(300)), organization: ownedBy({ 400: "team-b" }, 400) });
    const expectedAccounts = Array.from({ length: 300 }, (_, index) => account(index + 1)).concat(account(400));
    const { accountOwners } = await lookUp(emulator, { ownerTag: "owner", expectedAccounts });
    expect(accountOwners?.owners).toEqual([{ owner: "team-b", accountIds: [account(400)] }]);
  });

  test("of excepted accounts don't crowd out those of accounts that keep the gate closed", async () => {
    const emulator = await emulate({
      packs: packOf(failing(150)),
      organization: ownedBy({ 1: "team-a", 149: "team-b", 150: "team-b" }, 150),
    });
    const settings = settingsFor(emulator.endpoint);
    const all = Array.from({ length: 150 }, (_, index) => index + 1);
    const lookUpWith = (tolerate: Tolerance) =>
      gatherPackStatus({ name: "baseline", ownerTag: "owner" }, { settings, tolerate });
    // Of one cause, the accounts with the lowest ids go first otherwise.
    const { accountOwners } = await lookUpWith(excepting(...all.slice(0, 148)));
    expect(accountOwners?.owners).toEqual([
      { owner: "team-a", accountIds: [account(1)] },
      { owner: "team-b", accountIds: [account(149), account(150)] },
    ]);
    expect(tagCalls(emulator)).toHaveLength(100);
    expect(
      tagCalls(emulator)
        .slice(0, 2)
        .map(({ input }) => input.ResourceId),
    ).toEqual([149, 150].map(account));
    expect((await lookUpWith({})).accountOwners?.owners).toEqual([{ owner: "team-a", accountIds: [account(1)] }]);
  });
});

const denial = `The owners of 2 accounts could not be read: AWS Organizations denied ${read}. Allow it (iam/owner-tag.json), or ask for no owners.`;

/** What can go wrong, and what the one warning says. */
const faults: readonly (readonly [what: string, fault: Partial<Fault>, warning: string])[] = [
  ["denied", { kind: "accessDenied" }, denial],
  [
    "throttled",
    { kind: "throttling" },
    "The owners of 2 accounts could not be read: AWS Organizations throttled the calls.",
  ],
  [
    "out of service",
    { kind: "serverError" },
    "The owners of 2 accounts could not be read: AWS Organizations answered ServiceException.",
  ],
  [
    "out of reach",
    { kind: "resetConnection" },
    "The owners of 2 accounts could not be read: AWS Organizations could not be reached.",
  ],
  [
    "answered by a page of HTML",
    { kind: "htmlBody" },
    "The owners of 2 accounts could not be read: AWS Organizations returned an invalid response.",
  ],
  [
    "cut off",
    { kind: "truncatedBody" },
    "The owners of 2 accounts could not be read: AWS Organizations could not be reached.",
  ],
  [
    "refused with an expired session",
    { kind: "expiredToken" },
    "The owners of 2 accounts could not be read: AWS Organizations could not be asked (CredentialsError).",
  ],
];

/** Whatever a gate goes by. */
function judged(status: PackStatus) {
  const withoutOwners = Object.fromEntries(Object.entries(status).filter(([key]) => key !== "accountOwners"));
  const { reasons, tolerated, verdict, warnings } = decide(status);
  return { withoutOwners, decision: { reasons, tolerated, verdict, warnings } };
}

test.each(faults)("a lookup whose owners are %s says so once, and finds the same", async (_what, fault, warning) => {
  const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a", 2: "team-b" }) });
  const without = await lookUp(emulator, {});
  emulator.injectFault({ operation, kind: "throttling", ...fault });
  const status = await lookUp(emulator);
  expect(status.accountOwners).toEqual({ owners: [], warning });
  expect(judged(status)).toEqual(judged(without));
  const text = report(status, notPassed) ?? "";
  expect(text.split(warning)).toHaveLength(2);
  expect(text.replace(`  Note: ${warning}\n`, "")).toBe(report(without, notPassed));
});

test("what was read before a failure stays, and the rest is not asked for", async () => {
  const owners = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [index + 1, "team-a"]));
  const emulator = await emulate({ packs: packOf(failing(60)), organization: ownedBy(owners, 60) });
  emulator.injectFault({ operation, kind: "accessDenied", after: 15 });
  const { accountOwners } = await lookUp(emulator);
  const known = accountOwners?.owners[0]?.accountIds.length ?? 0;
  expect(known).toBeGreaterThan(0);
  expect(accountOwners?.warning).toMatch(`The owners of ${String(60 - known)} accounts could not be read`);
  expect(tagCalls(emulator).length).toBeLessThan(40);
});

test("an account that left the organization has no owner, and the others have theirs", async () => {
  const organization = { accounts: [management, { id: account(2), tags: { owner: "team-b" } }] };
  const emulator = await emulate({ packs: packOf(), organization });
  expect((await lookUp(emulator)).accountOwners).toEqual({
    owners: [{ owner: "team-b", accountIds: [account(2)] }],
    warning: "AWS Organizations does not know 1 account, so it has no owner.",
  });
});

test("several accounts that left the organization are counted", async () => {
  const emulator = await emulate({ packs: packOf(), organization: { accounts: [management] } });
  expect((await lookUp(emulator)).accountOwners?.warning).toBe(
    "AWS Organizations does not know 2 accounts, so they have no owner.",
  );
});

test.each<[what: string, args: Partial<PackStatusArgs>, fault: Partial<Fault>]>([
  ["returned an invalid response", {}, { kind: "repeatedNextToken" }],
  ["did not answer in time", { requestTimeoutSeconds: 0.5 }, { kind: "slowResponse" }],
])("an owner that could not be read is one: AWS Organizations %s", async (says, args, fault) => {
  const accounts = [management, { id: account(1), tags: manyTags }];
  const emulator = await emulate({ packs: packOf(failing(1)), organization: { accounts } });
  emulator.injectFault({ operation, kind: "throttling", ...fault });
  expect((await lookUp(emulator, { ownerTag: "owner", ...args })).accountOwners).toEqual({
    owners: [],
    warning: `The owner of 1 account could not be read: AWS Organizations ${says}.`,
  });
});

test("owners that could not be read and those that were not asked for are two sentences", async () => {
  const emulator = await emulate({ packs: packOf(failing(150)), organization: ownedBy({}, 150) });
  emulator.injectFault({ operation, kind: "throttling" });
  expect((await lookUp(emulator)).accountOwners?.warning).toMatch(
    /throttled the calls\. The owners of 50 other accounts were not read: /,
  );
});

test("once the owner is found, no further page of tags is read", async () => {
  const emulator = await emulate({ packs: packOf(failing(1)), organization: ownedBy({ 1: "team-a" }) });
  emulator.injectFault({ operation, kind: "repeatedNextToken" });
  expect((await lookUp(emulator)).accountOwners).toEqual({ owners: [{ owner: "team-a", accountIds: [account(1)] }] });
  expect(tagCalls(emulator)).toHaveLength(1);
});

test.each(["timeoutSeconds", "signal"])(
  "owners that AWS keeps waiting for end with %s, and the status is there",
  async (end) => {
    const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a" }) });
    const without = await lookUp(emulator, {});
    emulator.injectFault({ operation, kind: "slowResponse" });
    const controller = new AbortController();
    const timer = setInterval(() => {
      if (end === "signal" && tagCalls(emulator).length > 0) controller.abort();
    }, 5);
    const args = {
      ownerTag: "owner",
      requestTimeoutSeconds: 60,
      ...(end === "timeoutSeconds" && { timeoutSeconds: 1 }),
    };
    const status = await lookUp(emulator, args, controller.signal);
    clearInterval(timer);
    expect(status.accountOwners).toEqual({
      owners: [],
      warning: "The owners of 2 accounts could not be read: The lookup ended before AWS Organizations had answered.",
    });
    expect(judged(status)).toEqual(judged(without));
  },
);

test("an abort before the verdict is known ends the lookup as before", async () => {
  const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a" }) });
  const reason = new Error("Enough.");
  expect(await rejectionOf(lookUp(emulator, { ownerTag: "owner" }, AbortSignal.abort(reason)))).toBe(reason);
});

test("with any rows and any fault, the verdict and the decision are those of a lookup without owners", async () => {
  const statuses = ["CREATE_SUCCESSFUL", "CREATE_FAILED", "UPDATE_IN_PROGRESS", "DELETE_SUCCESSFUL", "CREATE_PAUSED"];
  const emulator = await emulate({ packs: packOf(), organization: ownedBy({ 1: "team-a", 3: "team-b" }) });
  const fault = fc.constantFrom<Partial<Fault> | undefined>(undefined, ...faults.map(([, each]) => each));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fault,
      fc.nat(2),
      async (drawn, isExpecting, injected, after) => {
        emulator.clearFaults();
        emulator.setMembers("baseline", membersOf(rows(...drawn)));
        const args = isExpecting ? { expectedAccounts: [1, 2, 7].map(account) } : {};
        const without = await lookUp(emulator, args);
        if (injected) emulator.injectFault({ operation, kind: "throttling", after, ...injected });
        expect(judged(await lookUp(emulator, { ...args, ownerTag: "owner" }))).toEqual(judged(without));
      },
    ),
    { numRuns: 25 },
  );
});
