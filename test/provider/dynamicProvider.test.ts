import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { EmulatedMember, Emulator } from "../../emulator";
import { PackStatusProvider } from "../../provider/dynamicProvider";
import { decodeState, type GateState } from "../../provider/gateState";
import { version } from "../../core/text/version";
import type { RegionStatus } from "../../core/status/judgement";
import "../core/aws/awsEnvironment";
import { emulate, rejectionOf } from "../core/aws/emulate";
import { account } from "../builders/members";

type Properties = Record<string, unknown>;

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const time = new Date("2026-01-01T00:00:00Z");

function member(number: number, others: Partial<EmulatedMember> = {}): EmulatedMember {
  return { accountId: account(number), status: "CREATE_SUCCESSFUL", lastUpdateTime: time, ...others };
}

/** A provider as the engine configures it, for an emulator. */
async function providerOf({ endpoint }: Emulator, others: Readonly<Record<string, string>> = {}) {
  const values: Readonly<Record<string, string>> = {
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIACANARY",
    "aws:secretKey": "secret-canary",
    "aws:maxRetries": "0",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
    ...others,
  };
  const provider = new PackStatusProvider();
  await provider.configure({ config: { get: (key: string) => values[key] } } as unknown as dynamic.ConfigureRequest);
  return provider;
}

async function started(...members: readonly EmulatedMember[]) {
  const emulator = await emulate({ packs: [{ name: "baseline", members }] });
  return { emulator, provider: await providerOf(emulator) };
}

/** What `check` makes of good arguments. */
async function checked(provider: PackStatusProvider, news: Properties = {}): Promise<Properties> {
  const { failures, inputs } = await provider.check({}, { name: "baseline", __provider: "text", ...news });
  expect(failures ?? []).toEqual([]);
  return inputs as Properties;
}

/** The engine's transport knows no `undefined` and no `Date`. */
function expectPlainJson(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
}

test("check looks up, and adds the status to the arguments", async () => {
  const failure = member(2, { status: "CREATE_FAILED", errorCode: "X", errorMessage: "why" });
  const { provider } = await started(member(1), failure);
  const inputs = await checked(provider, { expectedAccounts: [account(1), account(2)], pageSize: 1 });
  expectPlainJson(inputs);
  expect(inputs).toMatchObject({ name: "baseline", regions: ["us-east-1"], verdict: "FAILED", pageSize: 1 });
  expect(inputs).not.toHaveProperty("__provider");
  expect(decodeState(inputs as unknown as GateState)).toMatchObject({
    verdict: "FAILED",
    members: [{ accountId: account(1), lastUpdateTime: time.toISOString() }, { accountId: account(2) }],
    failed: [{ accountId: account(2), errorCode: "X", errorMessage: "why" }],
    unexpected: [],
  });
});

test.each([
  ["its name was still unknown", { name: unknown, regions: ["us-east-1"] }],
  ["no region was known", { name: "baseline" }],
])("create and update refuse what was not looked up, since %s", async (_why, inputs) => {
  const { emulator, provider } = await started(member(1));
  for (const run of [provider.create(inputs), provider.update("baseline@us-east-1", {}, inputs)]) {
    expect((await rejectionOf(run)).message).toMatch(/^The pack was not looked up in this update/);
  }
  expect(emulator.requests).toEqual([]);
});

test("no credential is in anything that check gives to the engine", async () => {
  const { emulator, provider } = await started(member(1));
  const texts = [JSON.stringify(await checked(provider))];
  emulator.injectFault({ kind: "accessDenied" });
  texts.push(JSON.stringify(await provider.check({}, { name: "baseline" })));
  expect(texts.join()).not.toMatch(/canary/i);
});

test.each<[what: string, news: Properties]>([
  ["the name", { name: unknown }],
  ["the regions", { regions: unknown }],
  ["one of the regions", { regions: ["us-east-1", unknown] }],
  ["one of the expected accounts", { expectedAccounts: [account(1), unknown] }],
  ["failOn", { failOn: unknown }],
])("while %s is unknown, nothing is looked up and nothing is made up", async (_what, news) => {
  const { emulator, provider } = await started(member(1));
  const inputs = await checked(provider, news);
  expect(inputs).toStrictEqual({ name: "baseline", ...news });
  expect(emulator.requests).toEqual([]);
});

test("what an earlier check added is not taken for an argument", async () => {
  const { provider } = await started(member(1));
  const inputs = await checked(provider);
  expect(await checked(provider, inputs)).toStrictEqual({ ...inputs, lookedUpAt: expect.any(String) as string });
});

test.each<[news: Properties, property: string, says: string]>([
  [{ name: undefined }, "name", "It is required"],
  [{ name: "no_underscore" }, "name", '"no_underscore" is not'],
  [{ regions: ["Ireland"] }, "regions[0]", '"Ireland" is not a region'],
  [{ accountIds: [account(1), "2"] }, "accountIds[1]", '"2" is not an account id'],
  [{ statuses: ["CREATE_FAILD"] }, "statuses[0]", 'Did you mean "CREATE_FAILED"?'],
  [{ pageSize: 500 }, "pageSize", "from 1 to 100"],
  [{ failOn: "fail" }, "failOn", '"fail" is not one of never, failed, notPassed. Did you mean'],
  [{ failOn: true }, "failOn", "true is not one of"],
  [{ region: "us-east-1" }, "region", 'Did you mean "regions"?'],
  [{ name: "unknown-pack" }, "name", 'named "unknown-pack" in us-east-1.'],
])("check refuses %j at %s", async (news, property, says) => {
  const { provider } = await started(member(1));
  const { failures = [], inputs } = await provider.check({}, { name: "baseline", ...news });
  expect(failures).toMatchObject([{ property, reason: expect.stringContaining(says) as string }]);
  expectPlainJson(failures);
  // A policy that sees these inputs must not take them for a status that was looked up.
  expect(inputs).toMatchObject({ lookupFailed: true });
  expect(inputs).not.toHaveProperty("verdict");
});

test("a setting that cannot be used is a check failure, and nothing is sent", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const provider = await providerOf(emulator, { "aws:retryMode": "legacy", "aws:region": "Ireland" });
  const { failures = [] } = await provider.check({}, { name: "baseline" });
  expect(failures.map(({ property }) => property).sort()).toEqual(["aws:region", "aws:retryMode"]);
  const state = { name: "baseline", regions: ["us-east-1"], lookedUpAt: time.toISOString() };
  const error = await rejectionOf(provider.read("id", state));
  expect(error.message).toContain('aws:retryMode: "legacy" is not');
  expect(emulator.requests).toEqual([]);
});

describe("diff", () => {
  async function diffAfter(before: readonly EmulatedMember[], after: readonly EmulatedMember[], news: Properties = {}) {
    const { emulator, provider } = await started(...before);
    const olds = await checked(provider);
    emulator.setMembers("baseline", after);
    expect(olds.packageVersion).toBe(version);
    // That an older version wrote the state is no change by itself.
    const older = { ...olds, packageVersion: "0.0.1" };
    return provider.diff("id", older, await checked(provider, news));
  }

  const later = new Date("2026-02-02T00:00:00Z");

  test("sees no change where a region fails again, with another request id", async () => {
    const { emulator, provider } = await started(member(1));
    emulator.injectFault({ kind: "expiredToken", region: "eu-west-1" });
    const news = { regions: ["us-east-1", "eu-west-1"] };
    const [olds, again] = [await checked(provider, news), await checked(provider, news)];
    const idsOf = ({ regionStatuses }: Properties) => (regionStatuses as RegionStatus[]).map((each) => each.requestId);
    expect(idsOf(olds)).not.toEqual(idsOf(again));
    expect(await provider.diff("id", olds, again)).toStrictEqual({ changes: false, replaces: [] });
  });

  test.each<[what: string, before: EmulatedMember[], after: EmulatedMember[], changes: boolean]>([
    ["nothing", [member(1)], [member(1)], false],
    ["the order alone", [member(1), member(2)], [member(2), member(1)], false],
    ["a time alone", [member(1), member(2)], [member(1), member(2, { lastUpdateTime: later })], false],
    [
      "the time of a failure alone",
      [member(1, { status: "CREATE_FAILED" })],
      [member(1, { status: "CREATE_FAILED", lastUpdateTime: later })],
      false,
    ],
    ["a status", [member(1)], [member(1, { status: "CREATE_FAILED" })], true],
    ["one success for another", [member(1)], [member(1, { status: "UPDATE_SUCCESSFUL" })], true],
    [
      "an error's text",
      [member(1, { status: "CREATE_FAILED", errorMessage: "a" })],
      [member(1, { status: "CREATE_FAILED", errorMessage: "b" })],
      true,
    ],
    ["a new account", [member(1)], [member(1), member(2)], true],
    ["an account for another", [member(1)], [member(2)], true],
    ["a name inside the account", [member(1)], [member(1, { conformancePackName: "x" })], true],
  ])("of %s", async (_what, before, after, changes) => {
    const diff = await diffAfter(before, after);
    expect(diff).toStrictEqual({ changes, replaces: [] });
  });

  test.each<[news: Properties, replaces: string[]]>([
    [{ failOn: "never" }, []],
    [{ timeoutSeconds: 10 }, []],
    [{ expectedAccounts: [account(1)] }, []],
    [{ regions: ["us-east-1", "eu-west-1"] }, ["regions"]],
  ])("of the arguments %j replaces for %j", async (news, replaces) => {
    expect(await diffAfter([member(1)], [member(1)], news)).toStrictEqual({ changes: true, replaces });
  });

  test("another name replaces, also one that is not known yet; the default region does not", async () => {
    const { provider } = await started(member(1));
    const olds = await checked(provider);
    for (const name of ["another", unknown]) {
      const news = name === unknown ? await checked(provider, { name }) : { ...olds, name };
      expect(await provider.diff("id", olds, news)).toStrictEqual({ changes: true, replaces: ["name"] });
    }
  });

  test("another text of the provider is a change, and replaces nothing: refresh runs the text that is in state", async () => {
    const { provider } = await started(member(1));
    const olds = { ...(await checked(provider)), __provider: "old text" };
    for (const [text, changes] of [
      ["old text", false],
      ["new text", true],
    ] as const) {
      const news = { ...(await checked(provider)), __provider: text };
      expect(await provider.diff("id", olds, news)).toStrictEqual({ changes, replaces: [] });
    }
  });

  test("what is not known yet is a change", async () => {
    const { provider } = await started(member(1));
    const news = await checked(provider, { expectedAccounts: [unknown] });
    expect(await provider.diff("id", await checked(provider), news)).toStrictEqual({ changes: true, replaces: [] });
  });
});

test("create and update take over what was checked, and delete touches nothing", async () => {
  const { emulator, provider } = await started(member(1));
  const inputs = await checked(provider);
  const asked = emulator.requests.length;
  expect(await provider.create(inputs)).toStrictEqual({ id: "baseline@us-east-1", outs: inputs });
  expect(await provider.update("id", {}, inputs)).toStrictEqual({ outs: inputs });
  await provider.delete();
  expect(emulator.requests).toHaveLength(asked);
});

test("read looks up again, with the arguments of the state", async () => {
  const { emulator, provider } = await started(member(1));
  const state = await checked(provider, { failOn: "failed", accountIds: [account(1)] });
  emulator.setMembers("baseline", [member(1, { status: "CREATE_FAILED" })]);
  // A refresh shows what is there; only check refuses.
  const result = await provider.read("baseline@us-east-1", { ...state, __provider: "text" });
  expectPlainJson(result);
  expect(result).toMatchObject({ id: "baseline@us-east-1", props: { verdict: "FAILED", failOn: "failed" } });
  expect(result.inputs).toStrictEqual(result.props);
  const asked = emulator.requests.filter(
    ({ operation }) => operation === "GetOrganizationConformancePackDetailedStatus",
  );
  expect(asked).toHaveLength(2);
  expect(asked[1]?.input).toMatchObject({ Filters: { AccountId: account(1) } });
});

test.each<[what: string, props: Properties | undefined, kind: "accessDenied" | undefined, name: string]>([
  ["a pack that AWS does not show", { name: "gone" }, undefined, "NoSuchOrganizationConformancePackError"],
  ["a refusal", { name: "baseline" }, "accessDenied", "AccessDeniedError"],
  [
    "one silent region of two",
    { name: "baseline", regions: ["us-east-1", "eu-west-1"] },
    undefined,
    "NoSuchOrganizationConformancePackError",
  ],
])("read throws for %s, so that the state stays, and shows no stack", async (_what, props, kind, name) => {
  const { emulator, provider } = await started(member(1));
  if (kind) emulator.injectFault({ kind });
  const error = await rejectionOf(provider.read("id", { ...props, lookedUpAt: time.toISOString() }));
  expect(error.name).toBe(name);
  expect(error.stack).toBe("");
  expect(error.message).toContain("Next: ");
});

test.each<[what: string, props: Properties | undefined]>([
  ["no state", undefined],
  ["the arguments of a program alone", { name: "baseline", regions: ["us-east-1"], __provider: "text" }],
  ["a verdict without a lookup", { name: "baseline", verdict: "PASSED" }],
  ["a lookup that is not known yet", { name: "baseline", lookedUpAt: unknown }],
])("read refuses %s: what is read, not managed, would gate nothing", async (_what, props) => {
  const { emulator, provider } = await started(member(1));
  const error = await rejectionOf(provider.read("baseline@us-east-1", props));
  expect(error).toMatchObject({ name: "InvalidArgumentsError", stack: "" });
  expect(error.message).toContain("it would gate nothing");
  expect(emulator.requests).toEqual([]);
});

test("what a policy's remediation has added to the state stays there, and is no argument", async () => {
  progress();
  const { emulator, provider } = await started(member(1), member(2, { status: "CREATE_IN_PROGRESS" }));
  const waiting = await checked(provider, { waitForSettled: { pollSeconds: 0.02, timeoutSeconds: 30 } });
  const remediated = { ...waiting, tags: { owner: "me" }, __provider: "text" };
  emulator.setMembers("baseline", [member(1), member(2)]);
  const { outs } = await provider.create(remediated);
  expect(outs).toMatchObject({ verdict: "PASSED", tags: { owner: "me" } });
  const { props } = await provider.read("id", outs);
  expect(props).toMatchObject({ verdict: "PASSED", tags: { owner: "me" } });
  // What a program writes is refused as ever.
  const { failures } = await provider.check({}, { name: "baseline", tags: {} });
  expect(failures).toMatchObject([{ property: "tags" }]);
});

test("configure has set everything before its promise resolves", async () => {
  const { emulator } = await started(member(1));
  const provider = new PackStatusProvider();
  const get = (key: string) =>
    ({
      "aws:region": "us-east-1",
      "aws:accessKey": "AKIA",
      "aws:secretKey": "s",
      "aws:endpoints": JSON.stringify([{ configservice: emulator.endpoint }]),
    })[key];
  const configured = provider.configure({ config: { get } } as unknown as dynamic.ConfigureRequest);
  expect((await checked(provider)).verdict).toBe("PASSED");
  await configured;
});

/** What a wait writes for the person who watches. */
function progress(): string[] {
  const lines: string[] = [];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  return lines;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe("waitForSettled", () => {
  const wait = { waitForSettled: { pollSeconds: 0.02, timeoutSeconds: 30 } };
  const unfinished = member(2, { status: "CREATE_IN_PROGRESS" });

  /** As the engine does it: what was checked, with the provider's text. */
  const engineOf = (inputs: Properties): Properties => ({ ...inputs, __provider: "text" });

  /** Runs the step in which the engine creates or updates. */
  async function run(provider: PackStatusProvider, step: "create" | "update", inputs: Properties) {
    return step === "create"
      ? (await provider.create(engineOf(inputs))).outs
      : (await provider.update("id", {}, engineOf(inputs))).outs;
  }

  const steps = ["create", "update"] as const;

  test.each(steps)("%s waits, and returns the state after the wait", async (step) => {
    const lines = progress();
    const { emulator, provider } = await started(member(1), unfinished);
    const inputs = await checked(provider, wait);
    expect(inputs.verdict).toBe("IN_PROGRESS");
    setTimeout(() => {
      emulator.setMembers("baseline", [member(1), member(2)]);
    }, 100);
    const outs = await run(provider, step, inputs);
    expectPlainJson(outs);
    expect(outs).toMatchObject({ verdict: "PASSED", counts: { total: 2, successful: 2 }, __provider: "text", ...wait });
    expect(decodeState(outs as unknown as GateState).members).toHaveLength(2);
    expect(lines[0]).toBe('1 of 2 accounts done, 0 failed: pack "baseline"\n');
    expect(lines.at(-1)).toBe('2 of 2 accounts done, 0 failed: pack "baseline"\n');
  });

  test.each(steps)("%s of a pack that failed after the wait is an error that carries its state", async (step) => {
    progress();
    const { emulator, provider } = await started(member(1), unfinished);
    const inputs = await checked(provider, wait);
    setTimeout(() => {
      emulator.setMembers("baseline", [member(1), member(2, { status: "CREATE_FAILED", errorCode: "SomeCode" })]);
    }, 100);
    const error = (await rejectionOf(run(provider, step, inputs))) as Error & Record<string, unknown>;
    expect(error).toMatchObject({
      id: "baseline@us-east-1",
      stack: "",
      reasons: [error.message],
      properties: { verdict: "FAILED", __provider: "text", ...wait },
    });
    expectPlainJson(error.properties);
    expect(error.message).toContain("1 of 2 accounts failed.");
    expect(error.message).toMatch(new RegExp(`SomeCode \\(CREATE_FAILED\\), 1 account.*: ${account(2)}\n`));
    expect(decodeState(error.properties as GateState).failed).toMatchObject([{ accountId: account(2) }]);
  });

  test.each<[what: string, args: Properties, verdict: string]>([
    ["nothing refuses", { failOn: "never" }, "FAILED"],
    ["the failure is excepted", { tolerate: { accounts: [{ accountId: account(2), reason: "Legacy." }] } }, "FAILED"],
  ])("after the wait the update resolves with a failed state where %s", async (_what, args, verdict) => {
    progress();
    const { emulator, provider } = await started(member(1), member(3, { status: "CREATE_IN_PROGRESS" }));
    const inputs = await checked(provider, { ...wait, ...args });
    setTimeout(() => {
      emulator.setMembers("baseline", [member(1), member(2, { status: "CREATE_FAILED" }), member(3)]);
    }, 100);
    expect(await run(provider, "update", inputs)).toMatchObject({ verdict, counts: { failed: 1, successful: 2 } });
  });

  test("at the timeout, the error names the accounts that are not done, and carries the state", async () => {
    progress();
    const { provider } = await started(member(1), unfinished);
    const inputs = await checked(provider, { waitForSettled: { pollSeconds: 0.02, timeoutSeconds: 0.2 } });
    const error = (await rejectionOf(run(provider, "create", inputs))) as Error & Record<string, unknown>;
    expect(error).toMatchObject({ id: "baseline@us-east-1", stack: "", properties: { verdict: "IN_PROGRESS" } });
    expect(error.message).toMatch(/has not settled within 0\.2 seconds/);
    expect(error.message).toMatch(
      new RegExp(`In progress \\(CREATE_IN_PROGRESS\\), 1 account, since 2026-01-01.*: ${account(2)}\n`),
    );
    // It was looked up once more at the end.
    expect((error.properties as GateState).lookedUpAt > String(inputs.lookedUpAt)).toBe(true);
  });

  test("a refusal by AWS ends the wait with an error that carries the state before", async () => {
    progress();
    const { emulator, provider } = await started(member(1), unfinished);
    const inputs = await checked(provider, wait);
    emulator.injectFault({ kind: "accessDenied" });
    const error = (await rejectionOf(run(provider, "create", inputs))) as Error & Record<string, unknown>;
    expect(error.message).toContain("Access denied by AWS Config: config:GetOrganizationConformancePackDetailedStatus");
    expect(error).toMatchObject({ stack: "", properties: { ...inputs, __provider: "text" } });
  });

  test.each<[what: string, members: EmulatedMember[], args: Properties]>([
    ["what has settled", [member(1)], wait],
    ["without a wait", [member(1), unfinished], {}],
    ["with the wait turned off", [member(1), unfinished], { waitForSettled: false }],
  ])("%s is taken over as it was checked", async (_what, members, args) => {
    const lines = progress();
    const { emulator, provider } = await started(...members);
    const inputs = await checked(provider, args);
    const asked = emulator.requests.length;
    expect(await run(provider, "create", inputs)).toStrictEqual(engineOf(inputs));
    expect(emulator.requests).toHaveLength(asked);
    expect(lines).toEqual([]);
  });

  test.each<[members: EmulatedMember[], args: Properties, isRefused: boolean]>([
    [[unfinished], wait, false],
    [[unfinished, member(1, { status: "CREATE_FAILED" })], wait, false],
    [[unfinished], { ...wait, failOn: "notPassed" }, false],
    [[unfinished], { ...wait, waitForSettled: false, failOn: "notPassed" }, true],
    [[member(1, { status: "CREATE_FAILED" })], wait, true],
    [[member(1, { status: "CREATE_FAILED" })], { ...wait, failOn: "never" }, false],
    [[member(1)], { ...wait, expectedAccounts: [account(1), account(2)] }, false],
    [[member(1, { status: "CREATE_PAUSED" })], wait, true],
  ])("check of %j with %j refuses: %p", async (members, args, isRefused) => {
    const { provider } = await started(...members);
    const { failures = [], inputs } = await provider.check({}, { name: "baseline", ...args });
    expect(failures.map(({ property }) => property)).toEqual(isRefused ? ["failOn"] : []);
    expect(inputs).toHaveProperty("verdict");
  });

  test.each<[members: EmulatedMember[], args: Properties, changes: boolean]>([
    [[unfinished], wait, true],
    [[unfinished], {}, false],
    [[unfinished], { waitForSettled: false }, false],
    [[member(1)], wait, false],
    [[unfinished], { ...wait, tolerate: { accounts: [{ accountId: account(2), reason: "Legacy." }] } }, false],
  ])("of the same %j with %j an update is needed: %p", async (members, args, changes) => {
    const { provider } = await started(...members);
    const olds = await checked(provider, args);
    const news = await checked(provider, args);
    expect(await provider.diff("id", olds, news)).toStrictEqual({ changes, replaces: [] });
  });
});

test("the aggregate's time alone is no change, its status is", async () => {
  const { emulator, provider } = await started(member(1));
  const olds = await checked(provider);
  const { endpoint } = emulator;
  const other = await emulate({
    packs: [{ name: "baseline", members: [member(1)], lastUpdateTime: new Date("2026-05-05T00:00:00Z") }],
  });
  expect(other.endpoint).not.toBe(endpoint);
  const news = await checked(await providerOf(other));
  expect(news.regionStatuses).not.toEqual(olds.regionStatuses);
  expect(await provider.diff("id", olds, news)).toStrictEqual({ changes: false, replaces: [] });
  other.setAggregate("baseline", "UPDATE_SUCCESSFUL");
  const changed = await checked(await providerOf(other));
  expect(await provider.diff("id", olds, changed)).toStrictEqual({ changes: true, replaces: [] });
});

describe("triggers", () => {
  const template = { triggers: ["Resources: {}", { a: 1 }] };

  test("are kept as a digest, that their content decides", async () => {
    const { provider } = await started(member(1));
    const { triggers } = await checked(provider, template);
    expect(triggers).toMatch(/^[0-9a-f]{64}$/);
    expect((await checked(provider, template)).triggers).toBe(triggers);
    expect((await checked(provider, { triggers: [...template.triggers, "x"] })).triggers).not.toBe(triggers);
    // What is already a digest is not digested again.
    expect((await checked(provider, { triggers })).triggers).toBe(triggers);
  });

  test.each<[what: string, before: Properties, news: Properties, isJudged: boolean]>([
    ["a change in a preview", template, { triggers: ["new"], previewing: true }, false],
    ["a change in the update", template, { triggers: ["new"], previewing: false }, true],
    ["a change without a word of a preview", template, { triggers: ["new"] }, true],
    ["no change in a preview", template, { ...template, previewing: true }, true],
    ["the first triggers", {}, { ...template, previewing: true }, true],
    ["triggers that are gone", template, { previewing: true }, true],
  ])("%s", async (_what, before, news, isJudged) => {
    const { emulator, provider } = await started(member(1));
    const olds = await checked(provider, before);
    const asked = emulator.requests.length;
    const { failures = [], inputs = {} } = await provider.check(olds, {
      name: "baseline",
      failOn: "notPassed",
      ...news,
    });
    expect(failures).toEqual([]);
    expect((inputs as Properties).verdict).toBe(isJudged ? "PASSED" : unknown);
    expect(emulator.requests.length > asked).toBe(isJudged);
    expect(inputs).not.toHaveProperty("previewing");
    if (!isJudged) {
      expect(inputs).not.toHaveProperty("failedGroups");
      // The same default region: nothing is replaced.
      expect(await provider.diff("id", olds, inputs as Properties)).toStrictEqual({ changes: true, replaces: [] });
    }
  });

  test("that are not known yet leave all unknown", async () => {
    const { emulator, provider } = await started(member(1));
    const inputs = await checked(provider, { triggers: ["a", unknown] });
    expect(inputs).toStrictEqual({ name: "baseline", triggers: ["a", unknown] });
    expect(emulator.requests).toEqual([]);
  });
});

describe("assumeRole", () => {
  const role = (accountId: string) => ({ roleArn: `arn:aws:iam::${accountId}:role/reader`, sessionName: "gate" });

  /** Who asked for rows. */
  const principals = ({ requests }: Emulator) =>
    requests
      .filter(({ operation }) => operation.startsWith("GetOrganization"))
      .map(({ principal }) => principal.replace("arn:aws:sts::", ""));

  test("is each resource's own", async () => {
    const { emulator, provider } = await started(member(1));
    await checked(provider, { assumeRole: role("222222222222") });
    await checked(provider, { assumeRole: role("333333333333") });
    await checked(provider);
    expect(principals(emulator)).toEqual([
      "222222222222:assumed-role/reader/gate",
      "333333333333:assumed-role/reader/gate",
      "arn:aws:iam::111111111111:user/emulated-caller",
    ]);
  });

  test("comes after aws:assumeRoles", async () => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    const roles = [{ roleArn: "arn:aws:iam::444444444444:role/hub" }];
    const provider = await providerOf(emulator, { "aws:assumeRoles": JSON.stringify(roles) });
    await checked(provider, { assumeRole: role("222222222222") });
    expect(principals(emulator)).toEqual(["222222222222:assumed-role/reader/gate"]);
    expect(emulator.requests.filter(({ operation }) => operation === "AssumeRole").at(-1)?.principal).toBe(
      "arn:aws:sts::444444444444:assumed-role/hub/pulumi-org-conformance",
    );
  });

  test("is used by the wait and by a refresh too", async () => {
    progress();
    const { emulator, provider } = await started(member(1, { status: "CREATE_IN_PROGRESS" }));
    const args = { assumeRole: role("222222222222"), waitForSettled: { pollSeconds: 0.02 } };
    const inputs = await checked(provider, args);
    emulator.setMembers("baseline", [member(1)]);
    await provider.create({ ...inputs, __provider: "text" });
    await provider.read("id", inputs);
    expect(principals(emulator).length).toBeGreaterThan(3);
    expect(new Set(principals(emulator))).toEqual(new Set(["222222222222:assumed-role/reader/gate"]));
  });
});
