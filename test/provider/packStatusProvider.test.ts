import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { EmulatedMember, Emulator } from "../../emulator";
import { PackStatusProvider } from "../../provider/packStatusProvider";
import { decodePackStatus, type PackStatusState } from "../../provider/packStatusState";
import "./awsEnvironment";
import { emulate, rejectionOf } from "./emulate";
import { harm } from "./hostileText";
import { account } from "./memberRow";

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
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, sts: endpoint }]),
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
  expect(decodePackStatus(inputs as unknown as PackStatusState)).toMatchObject({
    verdict: "FAILED",
    members: [{ accountId: account(1), lastUpdateTime: time.toISOString() }, { accountId: account(2) }],
    failed: [{ accountId: account(2), errorCode: "X", errorMessage: "why" }],
    unexpected: [],
  });
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
  [{ name: "unknown-pack" }, "name", "account 111111111111 sees none in us-east-1"],
])("check refuses %j at %s", async (news, property, says) => {
  const { provider } = await started(member(1));
  const { failures = [], inputs } = await provider.check({}, { name: "baseline", ...news });
  expect(failures).toMatchObject([{ property, reason: expect.stringContaining(says) as string }]);
  expectPlainJson(failures);
  // A policy that sees these inputs must not take them for a status that was looked up.
  expect(inputs).toMatchObject({ lookupFailed: true });
  expect(inputs).not.toHaveProperty("verdict");
});

test.each([
  ["accessDenied", "name", "Access denied: config:GetOrganizationConformancePackDetailedStatus"],
  ["expiredToken", "regions", "The AWS credentials have expired"],
  ["htmlBody", "regions", "it is not JSON"],
  ["throttling", "regions", "AWS throttled the calls"],
] as const)("%s is a check failure on %s, without a stack", async (kind, property, says) => {
  const { emulator, provider } = await started(member(1));
  emulator.injectFault({ kind });
  const { failures = [] } = await provider.check({}, { name: "baseline" });
  expect(failures).toMatchObject([{ property, reason: expect.stringContaining(says) as string }]);
  expect(failures[0]?.reason).toContain("\nNext: ");
  expect(failures[0]?.reason).not.toMatch(/^\s+at /m);
});

test("a setting that cannot be used is a check failure, and nothing is sent", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const provider = await providerOf(emulator, { "aws:retryMode": "legacy", "aws:region": "Ireland" });
  const { failures = [] } = await provider.check({}, { name: "baseline" });
  expect(failures.map(({ property }) => property).sort()).toEqual(["aws:region", "aws:retryMode"]);
  const error = await rejectionOf(provider.read("id", { name: "baseline", regions: ["us-east-1"] }));
  expect(error.message).toContain('aws:retryMode: "legacy" is not');
  expect(emulator.requests).toEqual([]);
});

test.each([
  ["never", "CREATE_FAILED", false],
  [undefined, "CREATE_FAILED", false],
  ["failed", "CREATE_FAILED", true],
  ["failed", "CREATE_IN_PROGRESS", false],
  ["failed", "CREATE_PAUSED", false],
  ["failed", "CREATE_SUCCESSFUL", false],
  ["notPassed", "CREATE_FAILED", true],
  ["notPassed", "CREATE_IN_PROGRESS", true],
  ["notPassed", "CREATE_PAUSED", true],
  ["notPassed", "DELETE_SUCCESSFUL", true],
  ["notPassed", "CREATE_SUCCESSFUL", false],
])("failOn %p with a row that is %s: refused is %p", async (failOn, status, refused) => {
  const { provider } = await started(member(1, { status, errorMessage: "why\n::error::injected" }));
  const { failures = [] } = await provider.check({}, { name: "baseline", ...(failOn && { failOn }) });
  expect(failures.map(({ property }) => property)).toEqual(refused ? ["failOn"] : []);
  for (const line of failures[0]?.reason.split("\n") ?? []) expect(line).not.toMatch(harm);
  if (refused) expect(failures[0]?.reason).toContain('Organization conformance pack "baseline" in us-east-1: ');
});

describe("diff", () => {
  async function diffAfter(before: readonly EmulatedMember[], after: readonly EmulatedMember[], news: Properties = {}) {
    const { emulator, provider } = await started(...before);
    const olds = await checked(provider);
    emulator.setMembers("baseline", after);
    return provider.diff("id", { ...olds, __provider: "old text" }, await checked(provider, news));
  }

  const later = new Date("2026-02-02T00:00:00Z");

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
  expect(emulator.requests.at(-1)?.input).toMatchObject({ Filters: { AccountId: account(1) } });
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
  ["no state", undefined, undefined, "InvalidArgumentsError"],
])("read throws for %s, so that the state stays, and shows no stack", async (_what, props, kind, name) => {
  const { emulator, provider } = await started(member(1));
  if (kind) emulator.injectFault({ kind });
  const error = await rejectionOf(provider.read("id", props));
  expect(error.name).toBe(name);
  expect(error.stack).toBe("");
  expect(error.message).toContain("Next: ");
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
