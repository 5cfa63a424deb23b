import type { EmulatedAccount, EmulatedOrganization, Emulator } from "../../../emulator";
import { readOrganizationTree } from "../../../core/aws/organization";
import type { TreeQuestion } from "../../../core/aws/organizationTree";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { ExpectedUnits, PackStatusArgs } from "../../../core/status/packStatusArgs";
import type { Tolerance } from "../../../core/gate/tolerance";
import { decide } from "../../../core/gate/decideChecked";
import { report } from "../../../core/gate/report";
import { account } from "../../builders/members";
import { between } from "../../robustness/wire";
import "./awsEnvironment";
import { emulate, failureErrorOf, lookupErrorOf, settingsFor } from "./emulate";

const management = "111111111111";
const empty = "ou-root-empty1234";
const [workloads, production, sandbox] = ["ou-root-workloads", "ou-root-production", "ou-root-sandboxes"] as const;
const organizationalUnits = [
  { id: workloads, name: "Workloads" },
  { id: production, name: "Production", parentId: workloads },
  { id: sandbox, name: "Sandbox" },
];
const inUnit = (parentId: string, ...numbers: readonly number[]): EmulatedAccount[] =>
  numbers.map((number) => ({ id: account(number), parentId }));
const accounts: readonly EmulatedAccount[] = [
  { id: management },
  ...inUnit(workloads, 1),
  ...inUnit(production, 2, 3),
  { id: account(4), parentId: production, state: "SUSPENDED" },
  ...inUnit(sandbox, 5, 6),
];
const organization: EmulatedOrganization = { accounts, organizationalUnits };
const call = { packName: "baseline", region: "us-east-1" };

const read = ({ endpoint }: Pick<Emulator, "endpoint">, question: TreeQuestion) =>
  readOrganizationTree(settingsFor(endpoint, { retryMode: "standard" }), { maxAttempts: 1 }, call, question);
const placesIn = ({ accounts: found }: Awaited<ReturnType<typeof read>>) =>
  Object.fromEntries([...found.values()].map(({ accountId, parentId }) => [Number(accountId), parentId]));

test.each<[what: string, question: TreeQuestion, places: Record<number, string>]>([
  ["a unit", { parentIds: [production], recursive: false }, { 2: production, 3: production, 4: production }],
  ["a unit alone, without those in it", { parentIds: [workloads], recursive: false }, { 1: workloads }],
  [
    "a unit with those in it",
    { parentIds: [workloads], recursive: true },
    { 1: workloads, 2: production, 3: production, 4: production },
  ],
  [
    "a unit and one that is in it",
    { parentIds: [production, workloads], recursive: true },
    { 1: workloads, 2: production, 3: production, 4: production },
  ],
  [
    "all roots",
    { recursive: true },
    {
      ...{ 1: workloads, 2: production, 3: production, 4: production, 5: sandbox, 6: sandbox },
      [Number(management)]: "r-root",
    },
  ],
])("of %s, each account is read where it is", async (_what, question, places) => {
  const tree = await read(await emulate({ organization }), question);
  expect(placesIn(tree)).toEqual(places);
  expect(tree.managementAccountId).toBe(management);
});

test("units and accounts come on many pages", async () => {
  const units = Array.from({ length: 45 }, (_, index) => ({ id: `ou-root-${String(10_000_000 + index)}` }));
  const many = units.flatMap(({ id }, unit) =>
    inUnit(id, ...Array.from({ length: 21 }, (_, at) => 1 + unit * 21 + at)),
  );
  const emulator = await emulate({ organization: { accounts: many, organizationalUnits: units } });
  const tree = await read(emulator, { parentIds: ["r-root"], recursive: true });
  expect([tree.units.size, tree.accounts.size]).toEqual([46, 945]);
  for (const { id, parentId } of many) expect(tree.accounts.get(id)?.parentId).toBe(parentId);
});

test("ten calls are under way at a time, and no more", async () => {
  const units = Array.from({ length: 60 }, (_, index) => ({ id: `ou-root-${String(10_000_000 + index)}` }));
  const moments: number[] = [];
  const emulator = await emulate({
    organization: { accounts, organizationalUnits: units },
    latencyMs: 50,
    onRequest: () => moments.push(performance.now()),
  });
  await read(emulator, { recursive: true });
  // By when they are answered: 50 ms after they came in.
  const together = moments.map((at) => moments.filter((other) => other > at - 45 && other <= at).length);
  expect(Math.max(...together)).toBeLessThanOrEqual(10);
  expect(Math.max(...together)).toBeGreaterThan(5);
});

describe("an account that moves at any request", () => {
  const question: TreeQuestion = { recursive: true };

  /** Reads while account 1 moves to a unit at request `at`. */
  async function readMoving(at: number, to: string) {
    let requests = 0;
    const holder: { emulator?: Emulator } = {};
    const moved = accounts.map((each) => (each.id === account(1) ? { ...each, parentId: to } : each));
    const emulator = (holder.emulator = await emulate({
      organization,
      onRequest: () => {
        requests += 1;
        if (requests === at) holder.emulator?.setOrganization({ ...organization, accounts: moved });
      },
    }));
    const tree = await read(emulator, question);
    return { requests, tree };
  }

  test.each([production, sandbox, "r-root"])("to %s is neither lost nor doubled", async (to) => {
    const { requests } = await readMoving(0, to);
    for (let at = 1; at <= requests; at += 1) {
      const { tree } = await readMoving(at, to);
      expect([at, tree.accounts.size]).toEqual([at, accounts.length]);
      expect([workloads, to]).toContain(tree.accounts.get(account(1))?.parentId);
    }
  });
});

describe("an answer that is not what AWS sends", () => {
  test.each([
    ["accessDenied", "AccessDeniedError"],
    ["htmlBody", "BadResponseError"],
    ["serverError", "ServiceError"],
    ["throttling", "ThrottledError"],
  ] as const)("%s is a %s", async (kind, name) => {
    for (const operation of ["ListRoots", "ListOrganizationalUnitsForParent", "ListAccountsForParent"]) {
      const emulator = await emulate({ organization });
      emulator.injectFault({ kind, operation, after: operation === "ListRoots" ? 0 : 2 });
      const error = await failureErrorOf(read(emulator, { recursive: true }));
      expect(error).toMatchObject({ name, service: "AWS Organizations" });
    }
  });

  test.each<[operation: string, answer: object, says: string]>([
    ["ListOrganizationalUnitsForParent", { OrganizationalUnits: [null] }, "an organizational unit has no id"],
    ["ListOrganizationalUnitsForParent", { OrganizationalUnits: [{ Name: "x" }] }, "an organizational unit has no id"],
    ["ListOrganizationalUnitsForParent", { OrganizationalUnits: [{ Id: "ou-1" }] }, "an organizational unit has no id"],
    ["ListOrganizationalUnitsForParent", { OrganizationalUnits: [{ Id: `${sandbox}\n` }] }, "unit has no id"],
    ["ListOrganizationalUnitsForParent", { OrganizationalUnits: [{ Id: ` ${sandbox}` }] }, "unit has no id"],
    ["ListRoots", { Roots: [null] }, "a root has no id"],
    ["ListRoots", { Roots: [{ Id: "root" }] }, "a root has no id"],
    ["ListRoots", { Roots: [{ Id: "r-root/" }] }, "a root has no id"],
    ["ListRoots", { Roots: [] }, "it lists no root"],
  ])("%s that answers %j is no tree, and nothing of it is used", async (operation, answer, says) => {
    const wire = await between(await emulate({ organization }), ({ operation: asked }) =>
      asked === operation ? JSON.stringify(answer) : undefined,
    );
    const error = await failureErrorOf(read(wire, { recursive: true }));
    expect(error).toMatchObject({ name: "BadResponseError", service: "AWS Organizations", packName: "baseline" });
    expect(error.message).toContain(says);
  });

  test("a unit whose name is no text is known by its id alone", async () => {
    const wire = await between(await emulate({ organization }), ({ body, operation: asked }) => {
      if (asked !== "ListOrganizationalUnitsForParent" || !body.includes("r-root")) return undefined;
      return JSON.stringify({ OrganizationalUnits: [{ Id: sandbox, Name: 7 }] });
    });
    const { units } = await read(wire, { parentIds: ["r-root"], recursive: true });
    expect(units.get(sandbox)).toStrictEqual({ id: sandbox, parentId: "r-root" });
  });

  test("a unit that does not exist is named as a mistake", async () => {
    const emulator = await emulate({ organization });
    const error = await failureErrorOf(read(emulator, { parentIds: ["ou-root-deletedunit"], recursive: true }));
    expect(error.message).toContain("AWS Organizations answered ParentNotFoundException");
    expect(error.nextStep).toMatch(/^Check the ids in organizationalUnits/);
  });
});

describe("a lookup", () => {
  const rows = (...numbers: readonly number[]) =>
    numbers.map((number) => ({
      accountId: account(number),
      status: number === 2 ? "CREATE_FAILED" : "CREATE_SUCCESSFUL",
    }));
  const emulateWith = (...numbers: readonly number[]) =>
    emulate({ organization, packs: [{ name: "baseline", members: rows(...numbers) }] });
  const lookUp = ({ endpoint }: Emulator, args: Partial<PackStatusArgs>, tolerate: Tolerance = {}) =>
    gatherPackStatus({ name: "baseline", maxAttempts: 1, ...args }, { settings: settingsFor(endpoint), tolerate });

  test.each<[what: string, args: Partial<PackStatusArgs>, missing: number[], unexpected: number[]]>([
    ["a unit", { expectedAccounts: { organizationalUnits: [workloads] } }, [1, 3], []],
    ["one without those in it", { expectedAccounts: { organizationalUnits: [workloads], recursive: false } }, [1], []],
    ["the root", { expectedAccounts: { organizationalUnits: ["r-root"] } }, [1, 3, 6], [4]],
    [
      "all units of the root",
      { expectedAccounts: { organizationalUnits: ["r-root"], recursive: true } },
      [1, 3, 6],
      [4],
    ],
    [
      "excluded accounts",
      { expectedAccounts: { organizationalUnits: [workloads] }, excludedAccounts: [account(1)] },
      [3],
      [],
    ],
  ])("that expects %s misses its active accounts, and no others", async (_what, args, missing, unexpected) => {
    // Account 9 is in no organization: a reading of some units does not tell.
    const present = unexpected.length > 0 ? [2, 4, 5] : [2, 5, 9];
    const status = await lookUp(await emulateWith(...present), args);
    expect(status.missing.map(({ accountId }) => Number(accountId))).toEqual(missing);
    expect(status.unexpected.map(({ accountId }) => Number(accountId))).toEqual(unexpected);
  });

  test.each<[what: string, expectedAccounts: ExpectedUnits, says: RegExp]>([
    [
      "accounts in units inside it only",
      { organizationalUnits: ["r-root"], recursive: false },
      /^expectedAccounts\.organizationalUnits: No active account, apart from the management account, is in r-root, so none could be missing there\. With recursive: false, accounts of units inside it don't count\.$/m,
    ],
    [
      "accounts in another of them only",
      { organizationalUnits: ["r-root", empty, workloads], recursive: false },
      / is in r-root, ou-root-empty1234, so none could be missing there\. With recursive: false, /,
    ],
    [
      "no account",
      { organizationalUnits: [workloads, empty] },
      / is in ou-root-empty1234, so none could be missing there\.$/m,
    ],
  ])("that expects a unit with %s is refused: nobody would be missed", async (_what, expectedAccounts, says) => {
    const units = [...organizationalUnits, { id: empty, name: "Empty" }];
    const emulator = await emulate({
      organization: { accounts, organizationalUnits: units },
      packs: [{ name: "baseline", members: rows(1, 5) }],
    });
    const error = await lookUp(emulator, { expectedAccounts }).catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ name: "InvalidArgumentsError", message: expect.stringMatching(says) as string });
  });

  test("leaves out the pack's own ExcludedAccounts", async () => {
    const members = rows(1, 2);
    const packs = [{ name: "baseline", members, excludedAccounts: [account(3)] }];
    const emulator = await emulate({ organization, packs });
    const status = await lookUp(emulator, { expectedAccounts: { organizationalUnits: [workloads] } });
    expect(status.missing).toEqual([]);
  });

  test("has the units of accounts in trouble, and no healthy account in them", async () => {
    const { organizationalUnits: units } = await lookUp(await emulateWith(1, 2, 3, 5, 6), { accountPaths: true });
    expect(units).toEqual([
      { id: production, name: "Production", parentId: workloads, accountIds: [account(2)] },
      { id: workloads, name: "Workloads", parentId: "r-root", accountIds: [] },
      { id: "r-root", accountIds: [] },
    ]);
    expect(await lookUp(await emulateWith(1, 2), {})).not.toHaveProperty("organizationalUnits");
  });

  test("has units and accounts in the order of their ids, and none for an account of no unit", async () => {
    const failed = [6, 9, 2].map((number) => ({ accountId: account(number), status: "CREATE_FAILED" }));
    const emulator = await emulate({ organization, packs: [{ name: "baseline", members: failed }] });
    const args = { accountPaths: true, expectedAccounts: [2, 5, 6, 9].map(account) };
    const { organizationalUnits: units } = await lookUp(emulator, args);
    expect(units?.map(({ id, accountIds }) => [id, accountIds.map(Number)])).toEqual([
      [production, [2]],
      [sandbox, [5, 6]],
      [workloads, []],
      ["r-root", []],
    ]);
  });

  const flat = { expectedAccounts: { organizationalUnits: [workloads], recursive: false } };
  test.each<[what: string, args: Partial<PackStatusArgs>, tolerate: Tolerance, readsUnits: boolean]>([
    ["the accounts of a unit alone", flat, {}, false],
    ["those of the units in it", { expectedAccounts: { organizationalUnits: [workloads] } }, {}, true],
    ["paths too", { ...flat, accountPaths: true }, {}, true],
    ["a unit with an exception too", flat, { organizationalUnits: [{ id: sandbox, reason: "Legacy." }] }, true],
  ])("that needs %s asks for no more", async (_what, args, tolerate, readsUnits) => {
    const emulator = await emulateWith(1, 2);
    await lookUp(emulator, args, tolerate);
    const asked = new Set(emulator.requests.map(({ operation }) => operation));
    expect(asked).toContain("ListAccountsForParent");
    expect(asked.has("ListOrganizationalUnitsForParent")).toBe(readsUnits);
  });

  test("that reads the whole tree names a unit that is not in it", async () => {
    const tolerate = { organizationalUnits: [{ id: "ou-root-deletedunit", reason: "Legacy." }] };
    const error = await lookupErrorOf(lookUp(await emulateWith(1, 2), { accountPaths: true }, tolerate));
    expect(error.message).toContain("AWS Organizations answered ParentNotFoundException");
    expect(error.nextStep).toMatch(/^Check ou-root-deletedunit in organizationalUnits: /);
  });

  test("with accountPaths, a report names where each account is", async () => {
    const args = { accountPaths: true, expectedAccounts: [2, 5].map(account), aggregate: false };
    const text = report(await lookUp(await emulateWith(2), args), ["FAILED", "INCOMPLETE"]);
    expect(text).toContain(`${account(2)} (account-${account(2)}, in Workloads/Production)`);
    expect(text).toContain(`${account(5)} (account-${account(5)}, in Sandbox)`);
  });

  test.each<[what: string, exception: object, verdict: string, says: RegExp]>([
    [
      "its unit",
      { id: production },
      "PASSED",
      /^1 account of organizational unit ou-root-production is CREATE_FAILED in us-east-1\. Excepted: Legacy\.$/,
    ],
    [
      "one that its unit is in",
      { id: workloads, expires: "2999-12-31" },
      "PASSED",
      /^1 account of .*workloads is .* Excepted until 2999-12-31: Legacy\.$/,
    ],
    ["the root", { id: "r-root" }, "PASSED", /^1 account of organizational unit r-root/],
    [
      "another unit",
      { id: sandbox },
      "FAILED",
      /^The exception for organizational unit ou-root-sandboxes matches nothing: no account/,
    ],
    [
      "its unit in another region",
      { id: production, regions: ["eu-west-1"] },
      "FAILED",
      /^The exception for .*production in eu-west-1 matches nothing/,
    ],
  ])("is excepted by an exception for %s, or is not", async (_what, exception, verdict, says) => {
    const tolerate: Tolerance = { organizationalUnits: [{ id: "", reason: "Legacy.", ...exception }] };
    const status = await lookUp(await emulateWith(1, 2, 3), {}, tolerate);
    const decision = decide(status, tolerate);
    expect(decision.verdict).toBe(verdict);
    expect([...decision.tolerated, ...decision.warnings]).toEqual([expect.stringMatching(says) as string]);
  });

  test("an exception that has expired is named, and one that no lookup knows covers nothing", async () => {
    const tolerate: Tolerance = { organizationalUnits: [{ id: production, reason: "Legacy.", expires: "2020-01-01" }] };
    const emulator = await emulateWith(1, 2, 3);
    const expired = decide(await lookUp(emulator, {}, tolerate), tolerate);
    expect(expired.reasons[0]?.message).toContain(
      "The exception for organizational unit ou-root-production expired on 2020-01-01: Legacy.",
    );
    const unread = decide(await lookUp(emulator, {}), { organizationalUnits: [{ id: production, reason: "Legacy." }] });
    expect(unread.verdict).toBe("FAILED");
    expect(unread.warnings[0]).toContain("this status was looked up without the accounts of organizational units");
  });

  test("whose units can't be read is an error that names all actions", async () => {
    const emulator = await emulateWith(1, 2, 3);
    emulator.injectFault({ kind: "accessDenied", operation: "ListAccountsForParent" });
    const error = await lookupErrorOf(lookUp(emulator, { expectedAccounts: { organizationalUnits: [workloads] } }));
    expect(error.message).toContain("organizations:ListAccountsForParent");
    expect(error.nextStep).toContain("(iam/organizational-units.json)");
  });
});
