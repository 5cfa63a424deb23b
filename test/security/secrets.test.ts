import * as pulumi from "@pulumi/pulumi";
import { inspect } from "node:util";
import type { Emulator, EmulatorOptions } from "../../emulator";
import { type FaultKind, faultKinds } from "../../emulator";
import { createPolicies } from "../../policy/policies";
import { gatherPackStatus } from "../../core/lookup/gatherPackStatus";
import { streamMemberStatuses } from "../../core/lookup/streamMemberStatuses";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import { PackStatusProvider } from "../../provider/dynamicProvider";
import { readAwsSettings } from "../../core/aws/settings";
import { stackViolationsOf, violationsOf } from "../policy/evaluate";
import "../core/aws/awsEnvironment";
import { emulate } from "../core/aws/emulate";
import "../core/aws/nodeErrors";
import { expectNoSecretIn, watchWireSecrets, type WireSecrets } from "./wireSecrets";

const planted = {
  configKey: "AKIAPLANTEDCONFIG",
  configSecret: "plantedConfigSecret/Key+",
  configToken: "plantedConfigSessionToken==",
  environmentKey: "AKIAPLANTEDENVIRONMENT",
  environmentSecret: "plantedEnvironmentSecret/Key+",
  environmentToken: "plantedEnvironmentSessionToken==",
} as const;
const externalId = "planted-external-id";
const roleArn = "arn:aws:iam::222222222222:role/reader";

type Properties = Record<string, unknown>;
type Config = Record<string, string>;

/** All that a test has seen. */
let seen: string[] = [];
let wire: WireSecrets;
let consoles: jest.SpyInstance[] = [];

beforeEach(() => {
  seen = [];
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: planted.environmentKey,
    AWS_SECRET_ACCESS_KEY: planted.environmentSecret,
    AWS_SESSION_TOKEN: planted.environmentToken,
  });
  wire = watchWireSecrets();
  consoles = [spyOnOutput(process.stdout), spyOnOutput(process.stderr)];
});

afterEach(() => {
  wire.restore();
  for (const spy of consoles) spy.mockRestore();
  pulumi.runtime.setAllConfig({});
});

function spyOnOutput(stream: NodeJS.WriteStream): jest.SpyInstance {
  return jest.spyOn(stream, "write").mockImplementation((text) => {
    seen.push(String(text));
    return true;
  });
}

/** Everything that can be reached from a value, hidden properties and an error's causes too. */
function see(value: unknown): void {
  if (typeof value === "string") seen.push(value);
  else {
    const all = { depth: null, showHidden: true, maxArrayLength: null, maxStringLength: null } as const;
    seen.push(inspect(value, all), JSON.stringify(value));
  }
  if (value instanceof Error) seen.push(value.stack ?? "", String(value));
}

/** Records the outcome of a promise, and returns whether it was kept. */
async function watch(promise: Promise<unknown>): Promise<"fulfilled" | "rejected"> {
  const [outcome] = await Promise.allSettled([promise]);
  see(outcome.status === "fulfilled" ? outcome.value : outcome.reason);
  return outcome.status;
}

/** The emulator's log may name the external id: it is a parameter of a request, and no credential. */
function expectNoSecrets(emulator: Emulator): void {
  const log = inspect(emulator, { depth: null, showHidden: true, maxArrayLength: null, maxStringLength: null });
  const text = [...seen, log, JSON.stringify(emulator.requests)].join("\n");
  expectNoSecretIn(text, [...Object.values(planted), ...wire.issued]);
  expect(seen.join("\n")).not.toContain(externalId);
}

/** How the credentials come in. */
const sources = {
  "aws:accessKey": { "aws:accessKey": planted.configKey, "aws:secretKey": planted.configSecret },
  "aws:token": {
    "aws:accessKey": planted.configKey,
    "aws:secretKey": planted.configSecret,
    "aws:token": planted.configToken,
  },
  environment: {},
  "aws:assumeRoles": {
    "aws:accessKey": planted.configKey,
    "aws:secretKey": planted.configSecret,
    "aws:token": planted.configToken,
    "aws:assumeRoles": JSON.stringify([
      { roleArn, externalId },
      { roleArn: `${roleArn}-2`, externalId },
    ]),
  },
} as const;

function configOf({ endpoint }: Emulator, source: keyof typeof sources): Config {
  return {
    "aws:region": "us-east-1",
    // Roles are assumed for all lookups, so their attempts are the provider's, not those of a lookup's arguments.
    "aws:maxRetries": "0",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
    ...sources[source],
  };
}

async function providerOf(config: Config): Promise<PackStatusProvider> {
  const provider = new PackStatusProvider();
  await provider.configure({ config: { get: (key: string) => config[key] } as never });
  return provider;
}

/** Each way of asking once, and what each makes of it. */
async function askInEveryWay(config: Config, args: Properties & PackStatusArgs): Promise<string[]> {
  const { problems, settings } = readAwsSettings((key) => config[key]);
  see(problems);
  const provider = await providerOf(config);
  pulumi.runtime.setAllConfig(config);
  const rows = async () => {
    const all = [];
    for await (const row of streamMemberStatuses(args, { settings })) all.push(row);
    return all;
  };
  // With problems, the SDK asks nothing.
  const outcomes = problems.length > 0 ? [] : [await watch(gatherPackStatus(args, { settings })), await watch(rows())];
  const checked = await provider.check({}, { ...args, failOn: "never" });
  see(checked);
  const inputs = checked.inputs as Properties;
  const { incomplete, inProgress, memberFailed, requiredPacks, settled, tolerated } = createPolicies();
  if ((checked.failures ?? []).length === 0) {
    outcomes.push(await watch(provider.create(inputs)), await watch(provider.update("id", inputs, inputs)));
    see(await provider.diff("id", inputs, inputs));
    for (const policy of [memberFailed, incomplete, inProgress]) see(await violationsOf(policy, { props: inputs }));
    see(await stackViolationsOf(settled, [{ props: inputs }]));
  }
  outcomes.push(await watch(provider.read("id", { ...args, lookedUpAt: new Date().toISOString() })));
  await watch(stackViolationsOf(requiredPacks, [], { packs: [args] }));
  see(await stackViolationsOf(tolerated, []));
  return outcomes;
}

const args = { name: "baseline", maxAttempts: 1, requestTimeoutSeconds: 0.3, pageSize: 2 };
const packs: EmulatorOptions = { packs: [{ name: "baseline", members: 5, failing: 1, inProgress: 1 }] };

describe.each(Object.keys(sources) as (keyof typeof sources)[])("with credentials of %s", (source) => {
  test("a lookup that succeeds, one of an unknown pack and one of an unacceptable argument show none", async () => {
    const emulator = await emulate(packs);
    const config = configOf(emulator, source);
    expect(new Set(await askInEveryWay(config, args))).toEqual(new Set(["fulfilled"]));
    expect(new Set(await askInEveryWay(config, { ...args, name: "basline" }))).toEqual(new Set(["rejected"]));
    await askInEveryWay(config, { ...args, name: "0" });
    await askInEveryWay(config, { ...args, expectedAccounts: "organization" });
    await askInEveryWay(config, { ...args, detail: "unsuccessful" });
    if (source === "aws:assumeRoles") expect(wire.issued.length).toBeGreaterThan(5);
    // They were used: what is never sent is easily kept.
    const used = sources[source] as Config;
    expect(wire.sent.join()).toContain(`Credential=${used["aws:accessKey"] ?? planted.environmentKey}/`);
    if (source !== "aws:accessKey") expect(wire.sent.join()).toContain(used["aws:token"] ?? planted.environmentToken);
    expectNoSecrets(emulator);
  });
});

test.each(faultKinds)("what fails by %s shows none", async (kind) => {
  const emulator = await emulate(packs);
  emulator.injectFault({ kind });
  const outcomes = await askInEveryWay(configOf(emulator, "aws:token"), args);
  expect(outcomes).toContain(kind === "unknownStatus" ? "fulfilled" : "rejected");
  expectNoSecrets(emulator);
});

const stsFaults: readonly FaultKind[] = ["accessDenied", "expiredToken", "htmlBody", "serverError", "throttling"];

test.each([
  ...stsFaults.map((kind) => ({ kind, operation: "AssumeRole" })),
  { kind: "accessDenied" as const, operation: "GetOrganizationConformancePackDetailedStatus" },
  { kind: "expiredToken" as const, operation: "DescribeOrganizationConformancePackStatuses" },
])("a chain of roles that fails by $kind of $operation shows none", async ({ kind, operation }) => {
  const emulator = await emulate(packs);
  emulator.injectFault({ kind, operation, after: operation === "AssumeRole" ? 1 : 0 });
  const outcomes = await askInEveryWay(configOf(emulator, "aws:assumeRoles"), args);
  expect(outcomes).toContain("rejected");
  expect(wire.issued.length).toBeGreaterThan(1);
  expectNoSecrets(emulator);
});

test("an invalid token in each reading, too many pages and a wait that is over show none", async () => {
  let refusesTokens = false;
  const emulator = await emulate({
    ...packs,
    onRequest: ({ input }) => {
      emulator.clearFaults();
      if (refusesTokens && input.NextToken !== undefined) emulator.injectFault({ kind: "invalidNextToken" });
    },
  });
  const config = configOf(emulator, "aws:token");
  await askInEveryWay(config, { ...args, maxPages: 1 });
  refusesTokens = true;
  await askInEveryWay(config, args);
  refusesTokens = false;
  const provider = await providerOf(config);
  const { inputs } = await provider.check({}, { ...args, waitForSettled: { timeoutSeconds: 0.5, pollSeconds: 0.1 } });
  expect(await watch(provider.create(inputs as Properties))).toBe("rejected");
  for (const name of ["more than maxPages", "refused its own NextToken", "has not settled within"]) {
    expect(seen.join("\n")).toContain(name);
  }
  expectNoSecrets(emulator);
});

test("an endpoint that nobody serves shows none", async () => {
  const emulator = await emulate(packs);
  const config = configOf(emulator, "aws:assumeRoles");
  await emulator.stop();
  expect(await askInEveryWay(config, args)).toContain("rejected");
  expectNoSecrets(emulator);
});

describe("settings that cannot be used show none", () => {
  test.each<Config>([
    { "aws:secretKey": "" },
    { "aws:accessKey": "" },
    { "aws:assumeRoles": `[{"externalId":"${externalId}","roleArn":` },
    { "aws:assumeRoles": JSON.stringify({ externalId, roleArn }) },
    { "aws:assumeRoles": JSON.stringify([{ externalId, roleArn: "reader" }]) },
    { "aws:assumeRoles": JSON.stringify([{ externalId, roleArn, duration: "long" }]) },
  ])("%j", async (wrong) => {
    const emulator = await emulate(packs);
    await askInEveryWay({ ...configOf(emulator, "aws:token"), ...wrong }, args);
    expect(emulator.requests).toEqual([]);
    expectNoSecrets(emulator);
  });
});

test("an external id that is an argument is kept as one, and is in no message", async () => {
  const emulator = await emulate(packs);
  emulator.injectFault({ kind: "accessDenied" });
  const assumeRole = { roleArn, externalId };
  const provider = await providerOf(configOf(emulator, "aws:token"));
  const { failures, inputs } = await provider.check({}, { ...args, assumeRole });
  expect(inputs).toMatchObject({ assumeRole });
  expect(failures).toHaveLength(1);
  see(failures);
  const wrong = await provider.check({}, { ...args, assumeRole: { roleArn, externalId: `${externalId} \n` } });
  expect(wrong.failures).toHaveLength(1);
  see(wrong.failures);
  expectNoSecrets(emulator);
});
