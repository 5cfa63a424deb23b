import * as pulumi from "@pulumi/pulumi";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStatusFolder } from "../../core/statusFile/readStatusFolder";
import { emulatedAccountId, type Emulator, type EmulatorOptions } from "../../emulator";
import { createPolicies } from "../../policy/policies";
import { silent } from "../builders/exceptions";
import "../core/aws/awsEnvironment";
import { emulate, rejectionOf } from "../core/aws/emulate";
import { stackViolationsOf, unknown, violationsOf } from "./evaluate";
import { awsSdk, root, runAlone } from "./loadedModules";
import { account, excepting, noRecorder } from "./stateOf";

// Nothing is mocked here: the lookups go over the wire, to the emulator.

const healthy = (...indices: number[]) =>
  indices.map((index) => ({ accountId: account(index), status: "CREATE_SUCCESSFUL" }));

/** A stack's configuration that reaches nothing but the emulator. */
function stackConfig({ endpoint }: Emulator, others: Record<string, string> = {}): Record<string, string> {
  return {
    "aws:region": "us-east-1",
    "aws:accessKey": "AKIAOFTHESTACK",
    "aws:secretKey": "the-secret-of-the-stack",
    "aws:endpoints": JSON.stringify([{ configservice: endpoint, organizations: endpoint, sts: endpoint }]),
    ...others,
  };
}

async function emulated(options: EmulatorOptions, others: Record<string, string> = {}): Promise<Emulator> {
  const emulator = await emulate(options);
  pulumi.runtime.setAllConfig(stackConfig(emulator, others));
  return emulator;
}

/** What the policy reports at the end of a run, a new one by default; it is about no resource. */
async function violations(config: object, { requiredPacks } = createPolicies()): Promise<string[]> {
  const reported = await stackViolationsOf(requiredPacks, [], config);
  for (const [, urn] of reported) expect(urn).toBeUndefined();
  return reported.map(([message]) => message);
}

afterEach(() => {
  pulumi.runtime.setAllConfig({});
});

describe("in one run", () => {
  const config = { packs: [{ name: "baseline" }] };
  const failed = expect.stringContaining("1 of 3 accounts failed.") as string;
  const resource = { type: "pulumi:pulumi:Stack", props: {} };
  const emulator = () => emulated({ packs: [{ name: "baseline", members: 3, failing: 1 }], latencyMs: 50 });

  test("an update is judged at its first resource, of whatever type, and once", async () => {
    const { requests } = await emulator();
    const run = createPolicies();
    expect(await violationsOf(run.requiredPacks, resource, config)).toEqual([failed]);
    expect(await violationsOf(run.requiredPacks, { type: "a:b:C", props: { name: unknown } }, config)).toEqual([]);
    expect(await violations(config, run)).toEqual([]);
    expect(requests).toHaveLength(2);
  });

  test("a preview is judged at its end, and once", async () => {
    const { requests } = await emulator();
    const isDryRun = jest.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
    const run = createPolicies();
    expect(await violationsOf(run.requiredPacks, resource, config)).toEqual([]);
    expect(requests).toEqual([]);
    expect(await violations(config, run)).toEqual([failed]);
    expect(await violations(config, run)).toEqual([]);
    expect(requests).toHaveLength(2);
    isDryRun.mockRestore();
  });

  test("a resource that comes while the lookups run waits for them", async () => {
    const { requests } = await emulator();
    const run = createPolicies();
    const order: string[] = [];
    await Promise.all(
      ["first", "second"].map(async (which) => {
        for (const message of await violationsOf(run.requiredPacks, resource, config)) order.push(message);
        order.push(which);
      }),
    );
    expect(order).toHaveLength(3);
    // Neither resource is through before the violation is reported.
    expect(order[0]).toEqual(failed);
    expect(requests).toHaveLength(2);
  });

  test("a mistake in the configuration stops an update at its first resource", async () => {
    await emulator();
    const error = await rejectionOf(violationsOf(createPolicies().requiredPacks, resource, { pack: [] }));
    expect(error.message).toContain("organization-conformance-pack-required-packs.pack: There is no such argument.");
  });

  test("without packs it asks nothing, at a resource and at the end", async () => {
    const { requests } = await emulator();
    const run = createPolicies();
    expect(await violationsOf(run.requiredPacks, resource, {})).toEqual([]);
    expect(await violations({}, run)).toEqual([]);
    expect(requests).toEqual([]);
  });
});

describe("in a process of its own, as a policy pack runs", () => {
  /** What a run with `config` reports, and what it loads. */
  const run = (config: object, emulator: Emulator) =>
    runAlone(
      `const { requiredPacks } = require(root + "/policy/index.ts");
       const violations = [];
       const args = { resources: [], getConfig: () => (${JSON.stringify(config)}) };
       await requiredPacks.validateStack(args, (message) => violations.push(message));
       return violations;`,
      { PULUMI_CONFIG: JSON.stringify(stackConfig(emulator)) },
    );

  test.each([{}, { maxAccountsShown: 5 }])(
    "without packs (%j) it asks nothing, and loads no AWS SDK",
    async (config) => {
      const emulator = await emulate({ packs: [{ name: "baseline", members: 3, failing: 1 }] });
      const { modules, result } = await run(config, emulator);
      expect(result).toEqual([]);
      expect(emulator.requests).toEqual([]);
      expect(modules).toContain(join(root, "policy/requiredPacks.ts"));
      expect(modules.filter((path) => awsSdk.test(path) || path.includes("/node_modules/@pulumi/"))).toEqual([]);
    },
  );

  test("with packs it looks them up, with the stack's settings of PULUMI_CONFIG", async () => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 3, failing: 1 }] });
    const { modules, result } = await run({ packs: [{ name: "baseline" }] }, emulator);
    expect(result).toEqual([expect.stringContaining("1 of 3 accounts failed.")]);
    expect(emulator.requests.map(({ region }) => region)).toEqual(["us-east-1", "us-east-1"]);
    expect(modules.some((path) => awsSdk.test(path))).toBe(true);
  });
});

test("packs that have passed are no violation", async () => {
  const emulator = await emulated({ packs: [{ name: "baseline", members: 120 }] });
  expect(await violations({ packs: [{ name: "baseline", pageSize: 50 }] })).toEqual([]);
  expect(emulator.requests).toHaveLength(4);
});

test("several packs are looked up at the same time, each once", async () => {
  const names = ["one", "two", "three", "four"];
  const emulator = await emulated({ packs: names.map((name) => ({ name, members: 2 })), latencyMs: 500 });
  expect(await violations({ packs: names.map((name) => ({ name })) })).toEqual([]);
  const asked = emulator.requests.map(({ input, operation }) => [
    operation,
    input.OrganizationConformancePackName ?? (input.OrganizationConformancePackNames as string[])[0],
  ]);
  const each = (operation: string) => names.map((name) => [operation, name]).sort();
  // The second question about a pack waits for the answer to the first; no pack waits for another.
  expect(asked.slice(0, 4).sort()).toEqual(each("GetOrganizationConformancePackDetailedStatus"));
  expect(asked.slice(4).sort()).toEqual(each("DescribeOrganizationConformancePackStatuses"));
});

const failing = { name: "failing", members: [{ accountId: account(1), ...noRecorder }, ...healthy(2, 3)] };
const unfinished = {
  name: "unfinished",
  members: [
    { accountId: account(4), status: "UPDATE_IN_PROGRESS", lastUpdateTime: new Date("2026-01-01") },
    ...healthy(5),
  ],
};
const small = { name: "small", members: healthy(6) };
const inFailing = 'Organization conformance pack "failing" in us-east-1: 1 of 3 accounts failed.';

/** Has the lookups of `run` leave their status files in a folder of their own. */
async function withStatusFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "required-packs-"));
  process.env.PULUMI_ORG_CONFORMANCE_STATUS_DIR = folder;
  try {
    await run(folder);
  } finally {
    Reflect.deleteProperty(process.env, "PULUMI_ORG_CONFORMANCE_STATUS_DIR");
    await rm(folder, { recursive: true });
  }
}

test("a status file names the project and the stack, as far as Pulumi names them", async () => {
  await emulated({ packs: [small] });
  const runs: readonly [environment: Record<string, string>, run: object][] = [
    [{}, { preview: false }],
    [{ PULUMI_NODEJS_STACK: "prod" }, { stack: "prod", preview: false }],
    [
      { PULUMI_NODEJS_PROJECT: "platform", PULUMI_NODEJS_STACK: "prod" },
      { project: "platform", stack: "prod", preview: false },
    ],
  ];
  for (const [environment, run] of runs) {
    await withStatusFolder(async (folder) => {
      Object.assign(process.env, environment);
      try {
        expect(await violations({ packs: [{ name: "small" }] })).toEqual([]);
      } finally {
        for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
      }
      expect((await readStatusFolder(folder)).map((file) => file.run)).toEqual([run]);
    });
  }
});

test("a status file that can't be written changes no verdict, and is reported", async () => {
  await withStatusFolder(async (folder) => {
    await writeFile(join(folder, "taken"), "");
    process.env.PULUMI_ORG_CONFORMANCE_STATUS_DIR = join(folder, "taken");
    await emulated({ packs: [small] });
    const run = createPolicies();
    expect(await violations({ packs: [{ name: "small" }] }, run)).toEqual([]);
    expect(await stackViolationsOf(run.tolerated, [])).toEqual([
      [expect.stringMatching(/^The status file of pack "small" was not written: /), undefined],
    ]);
  });
});

test("each pack that has not passed is a violation of its own, in the order of the configuration", async () => {
  await emulated({ packs: [failing, unfinished, small, { name: "well", members: 3 }] });
  const reported = await violations({
    packs: [
      { name: "unknown" },
      { name: "well" },
      { name: "failing" },
      { name: "unfinished", stuckAfterMinutes: 60 },
      { name: "small", expectedAccounts: [account(6), account(7)] },
    ],
  });
  expect(reported).toEqual([
    expect.stringMatching(
      /^No organization conformance pack named "unknown" in us-east-1\.\n[^]*\nNext: Check the name, the region and the account\./,
    ),
    expect.stringMatching(
      new RegExp(
        `^${inFailing}\n  ${noRecorder.errorCode} .*: 100000000001\n    AWS says: ${noRecorder.errorMessage}\n    Next: `,
      ),
    ),
    expect.stringMatching(/1 account is stuck: [^]* since 2026-01-01 00:00 UTC: 100000000004\n/),
    expect.stringMatching(/1 expected account is missing\.\n.*, 1 account: 100000000007\n/),
  ]);
});

test.each([
  { what: "failed over clean rows", aggregate: "CREATE_FAILED", args: {}, says: "although no row failed" },
  { what: "is in progress over clean rows", aggregate: "UPDATE_IN_PROGRESS", args: {}, says: "although no row is in" },
  { what: "is not asked for", aggregate: "CREATE_FAILED", args: { aggregate: false }, says: undefined },
])("the aggregate counts: it $what", async ({ aggregate, args, says }) => {
  await emulated({ packs: [{ ...small, aggregate }] });
  const reported = await violations({ packs: [{ name: "small", ...args }] });
  expect(reported).toEqual(says === undefined ? [] : [expect.stringContaining(says)]);
});

test("a pack is asked for in each of its regions", async () => {
  await emulated({ packs: [small, { ...failing, name: "small", region: "eu-west-1" }] });
  const [message] = await violations({ packs: [{ name: "small", regions: ["us-east-1", "eu-west-1"] }] });
  expect(message).toContain(": 100000000001\n");
  expect(await violations({ packs: [{ name: "small" }] })).toEqual([]);
});

test("the region, and the roles, come from the stack's configuration", async () => {
  const emulator = await emulated(
    { packs: [{ ...failing, region: "eu-west-1" }] },
    {
      "aws:region": "eu-west-1",
      "aws:assumeRoles": JSON.stringify([{ roleArn: "arn:aws:iam::222222222222:role/reader", sessionName: "gate" }]),
    },
  );
  const [message] = await violations({
    packs: [
      { name: "failing", assumeRole: { roleArn: "arn:aws:iam::333333333333:role/auditor", sessionName: "required" } },
    ],
  });
  expect(message).toContain('"failing" in eu-west-1: 1 of 3 accounts failed.');
  expect(emulator.requests.at(-1)).toMatchObject({
    region: "eu-west-1",
    principal: "arn:aws:sts::333333333333:assumed-role/auditor/required",
  });
  const assumed = emulator.requests.filter(({ operation }) => operation === "AssumeRole");
  expect(assumed.map(({ input }) => input.RoleArn)).toContain("arn:aws:iam::222222222222:role/reader");
});

test("a mistake in the stack's configuration is a violation, not a pass", async () => {
  const emulator = await emulated({ packs: [small] }, { "aws:region": "nowhere" });
  expect(await violations({ packs: [{ name: "small" }] })).toEqual([
    expect.stringMatching(/^aws:region: "nowhere" is not a region/),
  ]);
  expect(emulator.requests).toEqual([]);
});

test("each pack has a tolerance of its own, and its exceptions are reported", async () => {
  await emulated({ packs: [failing, unfinished, { ...failing, name: "failing-too" }] });
  const run = createPolicies();
  const config = {
    packs: [
      { name: "failing", tolerate: excepting(1) },
      { name: "unfinished", tolerate: { inProgress: "allow" } },
      { name: "failing-too", tolerate: excepting(2) },
    ],
  };
  const reported = await violations(config, run);
  expect(reported).toEqual([expect.stringContaining(inFailing.replace("failing", "failing-too"))]);
  const notices = await stackViolationsOf(run.tolerated, []);
  expect(notices.map(([, urn]) => urn)).toEqual([undefined]);
  expect(notices[0]?.[0].split("\n").sort()).toEqual([
    expect.stringMatching(/^Required pack "failing": Account 100000000001 is CREATE_FAILED/),
    expect.stringMatching(/^Required pack "failing-too": The exception for 100000000002 /),
    expect.stringMatching(/^Required pack "unfinished": 1 of 2 accounts is in progress\. /),
  ]);
});

test("an expired exception is named in the violation", async () => {
  await emulated({ packs: [failing] });
  const [message] = await violations({
    packs: [{ name: "failing", tolerate: excepting(1, { expires: "2020-01-01" }) }],
  });
  expect(message).toContain(`${inFailing} The exception for 100000000001 expired on 2020-01-01: Ann decided it.\n`);
});

describe("a pack that AWS does not know", () => {
  test.each([
    { handling: "allow", says: /Allowed by tolerate\.noSuchPack\.$/ },
    { handling: "warn", says: /passes with a warning because of tolerate\.noSuchPack\.$/ },
  ] as const)("passes with noSuchPack $handling, which is reported", async ({ handling, says }) => {
    await emulated({});
    const run = createPolicies();
    const config = { packs: [{ name: "unknown", tolerate: { noSuchPack: handling } }] };
    expect(await violations(config, run)).toEqual([]);
    const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
    expect(message).toMatch(/^Required pack "unknown": No organization conformance pack named "unknown"/);
    expect(message).toMatch(says);
  });

  test.each([undefined, {}, { noSuchPack: "refuse" }, { maxFailedAccounts: 5 }])(
    "is a violation with %j",
    async (tolerate) => {
      await emulated({});
      const run = createPolicies();
      const config = { packs: [{ name: "unknown", ...(tolerate && { tolerate }) }] };
      expect(await violations(config, run)).toHaveLength(1);
      expect(await stackViolationsOf(run.tolerated, [])).toEqual([]);
    },
  );

  test("in one region only passes there alone", async () => {
    await emulated({ packs: [failing] });
    const [message, ...others] = await violations({
      packs: [{ name: "failing", regions: ["us-east-1", "eu-west-1"], tolerate: { noSuchPack: "allow" } }],
    });
    expect(message).toContain("1 of 3 accounts failed, in 1 of 2 regions.");
    expect(others).toEqual([]);
  });
});

describe('with expectedAccounts "organization"', () => {
  const organization = {
    accounts: [
      { id: "111111111111", name: "management" },
      { id: account(6), name: "Payments" },
      { id: account(7), name: "Sandbox" },
      { id: account(8), state: "SUSPENDED" },
    ],
  };
  const pack = { name: "small", expectedAccounts: "organization" };

  test("an active account without a row is a violation, with its name", async () => {
    await emulated({ packs: [small], organization });
    expect(await violations({ packs: [pack] })).toEqual([
      expect.stringContaining(", 1 account: 100000000007 (Sandbox)\n"),
    ]);
  });

  test.each([
    { what: "by excludedAccounts", args: { excludedAccounts: [account(7)] }, settings: {} },
    { what: "by the pack's own ExcludedAccounts", args: {}, settings: { excludedAccounts: [account(7)] } },
    { what: "by a tolerance", args: { tolerate: excepting(7) }, settings: {} },
  ])("one that is excluded $what is none", async ({ args, settings }) => {
    await emulated({ packs: [{ ...small, ...settings }], organization });
    expect(await violations({ packs: [{ ...pack, ...args }] })).toEqual([]);
  });
});

describe("with organizational units", () => {
  const unit = "ou-root-production";
  const organization = {
    accounts: [
      { id: "111111111111" },
      { id: account(1), parentId: unit },
      { id: account(2), parentId: unit, name: "Payments" },
      { id: account(9), parentId: unit, name: "New" },
    ],
    organizationalUnits: [{ id: unit, name: "Production" }],
  };

  test("an active account of a unit without a row is a violation, with its path", async () => {
    await emulated({ packs: [failing], organization });
    const tolerate = excepting(1);
    const expectedAccounts = { organizationalUnits: [unit] };
    const [message] = await violations({
      packs: [{ name: "failing", expectedAccounts, accountPaths: true, tolerate }],
    });
    expect(message).toContain(", 1 account: 100000000009 (New, in Production)\n");
  });

  test("an exception for a unit covers its accounts, and is reported", async () => {
    await emulated({ packs: [failing], organization });
    const run = createPolicies();
    const tolerate = { organizationalUnits: [{ id: unit, reason: "Ann decided it." }] };
    expect(await violations({ packs: [{ name: "failing", tolerate }] }, run)).toEqual([]);
    const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
    expect(message).toContain(
      'Required pack "failing": 1 account of organizational unit ou-root-production is CREATE_FAILED',
    );
    expect(await violations({ packs: [{ name: "failing" }] })).toHaveLength(1);
  });
});

test.each([
  {
    operation: "GetOrganizationConformancePackDetailedStatus",
    action: "config:GetOrganizationConformancePackDetailedStatus",
  },
  {
    operation: "DescribeOrganizationConformancePackStatuses",
    action: "config:DescribeOrganizationConformancePackStatuses",
  },
  { operation: "ListAccounts", action: "organizations:ListAccounts" },
])("access denied to $action is a violation, not a pass, and hides no other pack", async ({ action, operation }) => {
  const emulator = await emulated({ packs: [small, { ...failing, region: "eu-west-1" }] });
  emulator.injectFault({ kind: "accessDenied", operation, region: "us-east-1" });
  const tolerate = { maxFailedPercent: 100, inProgress: "allow", noSuchPack: "allow" };
  const reported = await violations({
    packs: [
      { name: "small", expectedAccounts: "organization", tolerate },
      { name: "failing", regions: ["eu-west-1"] },
    ],
  });
  expect(reported).toEqual([
    expect.stringContaining(`: ${action}, for pack "small" in us-east-1.\n`),
    expect.stringContaining(inFailing.replace("us-east-1", "eu-west-1")),
  ]);
  expect(reported[0]).toMatch(/\nNext: Allow /);
});

test("a region that does not answer is a violation", async () => {
  const emulator = await emulated({ packs: [small, { ...small, region: "eu-west-1" }] });
  emulator.injectFault({ kind: "accessDenied", region: "eu-west-1" });
  expect(await violations({ packs: [{ name: "small", regions: ["us-east-1", "eu-west-1"] }] })).toEqual([
    expect.stringContaining("Access denied by "),
  ]);
});

describe("all packs", () => {
  const well = { name: "well", members: 3 };

  test("are judged each, with the settings of the entry, in the order of their names", async () => {
    await emulated({ packs: [unfinished, small, well, failing] });
    const run = createPolicies();
    expect(await violations({ packs: [{ name: "*" }] }, run)).toEqual([
      expect.stringContaining(inFailing),
      expect.stringContaining('"unfinished" in us-east-1: 1 of 2 accounts is in progress.'),
    ]);
    expect(await stackViolationsOf(run.tolerated, [])).toEqual([]);
    const tolerate = { inProgress: "allow", maxFailedAccounts: 1 };
    expect(await violations({ packs: [{ name: "*", tolerate }] })).toEqual([]);
    expect(await violations({ packs: [{ name: "*", tolerate: { inProgress: "allow" } }] })).toHaveLength(1);
  });

  test("without those of except, which may be entries of their own", async () => {
    await emulated({ packs: [well, failing, unfinished] });
    const run = createPolicies();
    const packs = [
      { name: "*", except: ["failing", "unfinished", "gone"] },
      { name: "failing", tolerate: excepting(1) },
    ];
    expect(await violations({ packs }, run)).toEqual([]);
    const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
    expect(message).toContain('All required packs: There is no pack "gone" to except. Remove it from except.');
  });

  test("are none: that is a violation, whatever is tolerated", async () => {
    await emulated({});
    const tolerate = { noSuchPack: "allow", ...silent(4) };
    const says =
      /^The caller sees no organization conformance pack in us-east-1\.\nNext: Check the account and the regions/;
    expect(await violations({ packs: [{ name: "*", tolerate }] })).toEqual([expect.stringMatching(says)]);
  });

  test("in a region that does not list them are a violation, beside those of the other region", async () => {
    const emulator = await emulated({ packs: [failing, { ...small, region: "eu-west-1" }] });
    const operation = "DescribeOrganizationConformancePacks";
    const pack = { name: "*", regions: ["us-east-1", "eu-west-1"], maxAttempts: 1 };
    emulator.injectFault({ kind: "serverError", operation, region: "eu-west-1" });
    expect(await violations({ packs: [pack] })).toEqual([
      expect.stringMatching(/^Which packs there are in eu-west-1 is not known\. .*\nNext: /),
      expect.stringContaining(inFailing),
    ]);
    const run = createPolicies();
    expect(await violations({ packs: [{ ...pack, tolerate: silent(4) }] }, run)).toEqual([
      expect.stringContaining(inFailing),
    ]);
    const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
    expect(message).toMatch(/All required packs: Which packs there are in eu-west-1 .* It passes until /);
    expect(message).not.toContain("matches nothing");
  });

  test("say both that a region passes by break glass and what else is wrong with the list", async () => {
    const emulator = await emulated({ packs: [well] });
    const operation = "DescribeOrganizationConformancePacks";
    const regions = ["us-east-1", "eu-west-1", "us-west-2"];
    emulator.injectFault({ kind: "serverError", operation, region: "eu-west-1" });
    const run = createPolicies();
    expect(await violations({ packs: [{ name: "*", regions, maxAttempts: 1, tolerate: silent(4) }] }, run)).toEqual([
      expect.stringMatching(
        /^The caller sees no .* in us-west-2\.\n.*Which packs there are in eu-west-1 .* It passes until .*\nNext: /,
      ),
    ]);
    const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
    expect(message).toMatch(/All required packs: Which packs there are in eu-west-1 .* It passes until /);
  });

  test("ask to remove break glass only when nothing needs it", async () => {
    const emulator = await emulated({ packs: [well, { ...well, region: "eu-west-1" }, small] });
    const pack = { name: "*", regions: ["us-east-1", "eu-west-1"], maxAttempts: 1, tolerate: silent(4) };
    const noticesOf = async () => {
      const run = createPolicies();
      expect(await violations({ packs: [pack] }, run)).toEqual([]);
      const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
      return message;
    };
    expect(await noticesOf()).toMatch(/^All required packs: The exception tolerate.unanswered matches nothing: .*$/);
    const operation = "GetOrganizationConformancePackDetailedStatus";
    emulator.injectFault({ kind: "serverError", operation, region: "eu-west-1" });
    expect(await noticesOf()).toMatch(/^Required pack "well": .* It passes until .*$/);
  });

  test("leave no file of a list that was not certain in the preview, and is in the update", async () => {
    await withStatusFolder(async (folder) => {
      const emulator = await emulated({ packs: [well] });
      const operation = "DescribeOrganizationConformancePacks";
      emulator.injectFault({ kind: "serverError", operation, times: 1 });
      const isDryRun = jest.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
      expect(await violations({ packs: [{ name: "*", maxAttempts: 1 }] })).toHaveLength(1);
      isDryRun.mockRestore();
      expect(await readdir(folder)).toEqual([expect.stringMatching(/^all-packs\.[0-9a-f]{12}\.preview\.json$/)]);
      expect((await readStatusFolder(folder)).map(({ exitCode, name }) => [name, exitCode])).toEqual([["*", 4]]);
      expect(await violations({ packs: [{ name: "*", maxAttempts: 1 }] })).toEqual([]);
      expect((await readStatusFolder(folder)).map(({ exitCode, name }) => [name, exitCode])).toEqual([["well", 0]]);
    });
  });

  test.each([
    { before: "an account failed that is excepted no longer", repair: true },
    { before: "the pack was not read", repair: false },
  ])("have one file each after the update, when in the preview $before", async ({ repair }) => {
    await withStatusFolder(async (folder) => {
      const emulator = await emulated({ packs: [failing] });
      if (!repair) {
        emulator.setMembers("failing", healthy(1, 2, 3));
        const operation = "GetOrganizationConformancePackDetailedStatus";
        emulator.injectFault({ kind: "serverError", operation, times: 1 });
      }
      const packs = [{ name: "*", maxAttempts: 1, tolerate: excepting(1) }];
      const isDryRun = jest.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
      expect(await violations({ packs })).toHaveLength(repair ? 0 : 1);
      isDryRun.mockRestore();
      emulator.setMembers("failing", healthy(1, 2, 3));
      expect(await violations({ packs })).toEqual([]);
      expect((await readStatusFolder(folder)).map(({ exitCode, run }) => [exitCode, run?.preview])).toEqual([
        [0, false],
      ]);
    });
  });

  test("write a status file each, and one for a list that is not certain", async () => {
    await withStatusFolder(async (folder) => {
      await emulated({ packs: [well, failing] });
      const pack = { name: "*", regions: ["us-east-1", "eu-west-1"], tolerate: { maxFailedAccounts: 1 } };
      expect(await violations({ packs: [pack], contact: "#platform" })).toEqual([
        expect.stringMatching(/^The caller sees no [^]* in eu-west-1\.\nNext: [^]*\n {4}Ask: #platform$/),
      ]);
      const names = (await readdir(folder)).map((name) => name.replace(/[0-9a-f]{12}/, "hash")).sort();
      expect(names).toEqual(["all-packs.hash.update.json", "failing.hash.update.json", "well.hash.update.json"]);
      const files = await readStatusFolder(folder);
      expect(files.map(({ by, exitCode, name, regions }) => [by, exitCode, name, regions])).toEqual([
        ["requiredPacks", 4, "*", pack.regions],
        ["requiredPacks", 0, "failing", ["us-east-1"]],
        ["requiredPacks", 0, "well", ["us-east-1"]],
      ]);
      expect(files[0]).toMatchObject({ verdict: null, error: { class: "PackListError", region: "eu-west-1" } });
    });
  });

  test("whose list is denied are one violation", async () => {
    const emulator = await emulated({ packs: [small] });
    emulator.injectFault({ kind: "accessDenied", operation: "DescribeOrganizationConformancePacks" });
    expect(await violations({ packs: [{ name: "*" }] })).toEqual([
      expect.stringMatching(/^Access denied by AWS Config: config:DescribeOrganizationConformancePacks, for all packs/),
    ]);
  });
});

describe("break glass", () => {
  const regions = ["us-east-1", "eu-west-1"];
  const dead = async (...others: readonly string[]) => {
    const emulator = await emulated({ packs: regions.map((region) => ({ ...small, region })) });
    for (const region of ["eu-west-1", ...others]) emulator.injectFault({ kind: "resetConnection", region });
  };
  // One attempt: the pauses between them are no part of this.
  const pack = { name: "small", regions, maxAttempts: 1 };

  test("lets a dead region pass, all of them too, and is reported", async () => {
    for (const others of [[], ["us-east-1"]]) {
      await dead(...others);
      const run = createPolicies();
      expect(await violations({ packs: [{ ...pack, tolerate: silent(4) }] }, run)).toEqual([]);
      const [[message] = [""]] = await stackViolationsOf(run.tolerated, []);
      expect(message.split("\n")).toHaveLength(1 + others.length);
      expect(message).toMatch(/^Required pack "small": AWS Config could not be reached .* It passes until /);
    }
  });

  test("that has expired lets nothing pass, and the violation says so", async () => {
    await dead();
    const unanswered = { reason: "Ann decided it.", expires: "2020-01-01T00:00Z" };
    const [message] = await violations({ packs: [{ ...pack, tolerate: { unanswered } }] });
    expect(message).toContain("The exception tolerate.unanswered expired at 2020-01-01T00:00Z: Ann decided it.");
  });

  test("of more than a day is refused, and nothing is asked", async () => {
    const { requests } = await emulated({ packs: [small] });
    const error = await rejectionOf(violations({ packs: [{ name: "small", tolerate: silent(25) }] }));
    expect(error.message).toMatch(/packs\[0\]\.tolerate\.unanswered\.expires: ".*" is more than 24 hours ahead/);
    expect(requests).toEqual([]);
  });
});

test("a lookup that takes too long is a violation", async () => {
  await emulated({ packs: [small], latencyMs: 5_000 });
  expect(await violations({ packs: [{ name: "small", timeoutSeconds: 0.2 }] })).toEqual([
    expect.stringMatching(/ took longer than timeoutSeconds allows\.\nNext: /),
  ]);
});

test("its settings cap what a violation lists", async () => {
  const failed = (index: number, errorCode: string) => ({
    accountId: account(index),
    status: "CREATE_FAILED",
    errorCode,
  });
  await emulated({
    packs: [{ name: "failing", members: [failed(1, "A"), failed(2, "A"), failed(3, "A"), failed(4, "B")] }],
  });
  const [message] = await violations({ packs: [{ name: "failing" }], maxAccountsShown: 2, maxGroupsShown: 1 });
  expect(message).toContain(": 100000000001, 100000000002 and 1 more\n");
  expect(message).toContain("\n  and 1 account with 1 other cause");
});

test("a large organization is read page by page", async () => {
  await emulated({ packs: [{ name: "large", members: 250, failing: 1 }] });
  const [message] = await violations({ packs: [{ name: "large" }] });
  expect(message).toContain("1 of 250 accounts failed.");
  expect(message).toContain(`: ${emulatedAccountId(125)}\n`);
});

describe("a mistake in its configuration", () => {
  const at = "organization-conformance-pack-required-packs.";

  test.each<{ config: object; says: string[] }>([
    {
      config: { packs: [{ nmae: "small" }] },
      says: ["packs[0].name: It is required", 'packs[0].nmae: There is no such argument. Did you mean "name"?'],
    },
    { config: { pakcs: [{ name: "small" }] }, says: ['pakcs: There is no such argument. Did you mean "packs"?'] },
    { config: { packs: [{ name: "small" }], tolerate: {} }, says: ["tolerate: There is no such argument."] },
    {
      config: { packs: [{ name: "small" }], maxAccountShown: 3 },
      says: ['maxAccountShown: There is no such argument. Did you mean "maxAccountsShown"?'],
    },
    { config: { maxAccountsShown: "3" }, says: ['maxAccountsShown: "3" is not a whole number'] },
    { config: { packs: [] }, says: ["packs: The list has 0 entries; 1 to 100 are allowed."] },
    { config: { packs: { name: "small" } }, says: ["packs: An object with name is not a list"] },
    { config: { packs: ["small"] }, says: ['packs[0]: "small" is not an object with a name.'] },
    { config: { packs: [{ name: "small" }, {}] }, says: ["packs[1].name: It is required"] },
    {
      config: { packs: [{ name: "small", except: ["large"] }] },
      says: ['packs[0].except: It goes with the name "*" only'],
    },
    {
      config: { packs: [{ name: "*", except: ["a b", "*"] }] },
      says: ['packs[0].except[0]: "a b" is not an org', 'packs[0].except[1]: "*" is not an org'],
    },
    {
      config: { packs: [{ name: "base*" }] },
      says: ['packs[0].name: "base*" is not an organization conformance pack'],
    },
    { config: { packs: [{ name: "0" }] }, says: ['packs[0].name: "0" is not an organization conformance pack'] },
    {
      config: { packs: [{ name: "small", statuses: ["CREATE_FAILED"] }] },
      says: ["packs[0].statuses: There is no such argument."],
    },
    {
      config: { packs: [{ name: "small", waitForSettled: true }] },
      says: ["packs[0].waitForSettled: There is no such argument."],
    },
    {
      config: { packs: [{ name: "small", regions: ["us-east-1", "Virginia"] }] },
      says: ['packs[0].regions[1]: "Virginia" is not a region'],
    },
    {
      config: { packs: [{ name: "small", expectedAccounts: "all" }] },
      says: ['packs[0].expectedAccounts: "all" is not a list of account ids'],
    },
    {
      config: { packs: [{ name: "small", excludedAccounts: [account(1)] }] },
      says: ["packs[0].excludedAccounts: It goes with expectedAccounts"],
    },
    {
      config: { packs: [{ name: "small", assumeRole: { roleARN: "x" } }] },
      says: [
        "packs[0].assumeRole.roleArn: It is required: a role's ARN.",
        "packs[0].assumeRole.roleARN: There is no such",
      ],
    },
    {
      config: { packs: [{ name: "small", tolerate: { accounts: [{ accountId: account(1) }] } }] },
      says: ["packs[0].tolerate.accounts[0].reason: It is required: a reason of 1 to 500 characters."],
    },
    {
      config: { packs: [{ name: "small", tolerate: { inprogress: "allow" } }] },
      says: ['packs[0].tolerate.inprogress: There is no such argument. Did you mean "inProgress"?'],
    },
    {
      config: { packs: [{ name: "small", tolerate: { noSuchPack: "ignore" } }] },
      says: ['packs[0].tolerate.noSuchPack: "ignore" is not one of allow, warn, refuse.'],
    },
  ])("$config is refused by its key, and nothing is asked", async ({ config, says }) => {
    const emulator = await emulated({ packs: [small] });
    const error = await rejectionOf(violations(config));
    const lines = error.message.split("\n");
    expect(lines).toEqual([
      "The policy's configuration is not valid.",
      ...says.map((text) => expect.stringMatching(new RegExp(`^${escaped(at + text)}`)) as string),
    ]);
    // The policy SDK prints the stack.
    expect(error.stack).toBe(error.message);
    expect(error.stack).not.toMatch(/^ {4}at /m);
    expect(emulator.requests).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe("with org-conformance:* settings", () => {
  const config = { packs: [{ name: "baseline" }] };

  test("only these say how to look, and none of aws:*", async () => {
    const { endpoint, requests } = await emulate({ packs: [{ name: "baseline", members: 1, region: "eu-west-1" }] });
    pulumi.runtime.setAllConfig({
      "aws:region": "us-east-1",
      "aws:accessKey": "AKIAOFTHESTACK",
      "aws:secretKey": "the-secret-of-the-stack",
      "org-conformance:region": "eu-west-1",
      "org-conformance:accessKey": "AKIAOFTHEPLUGIN",
      "org-conformance:secretKey": "the-secret-of-the-plugin",
      "org-conformance:endpoints": JSON.stringify([
        { configservice: endpoint, organizations: endpoint, sts: endpoint },
      ]),
    });
    expect(await violations(config)).toEqual([]);
    expect(requests.map(({ region }) => region)).toEqual(["eu-west-1", "eu-west-1"]);
  });

  test("those of a project with the plugin's name are none, and aws:* says how to look", async () => {
    process.env.PULUMI_NODEJS_PROJECT = "org-conformance";
    try {
      const own = { "org-conformance:replicas": "3" };
      const { requests } = await emulated({ packs: [{ name: "baseline", members: 1 }] }, own);
      expect(await violations(config)).toEqual([]);
      expect(requests.map(({ region }) => region)).toEqual(["us-east-1", "us-east-1"]);
      // It would be looked up as another identity.
      const misspelled = await emulated(
        { packs: [{ name: "baseline", members: 1 }] },
        { ...own, "org-conformance:profle": "audit" },
      );
      expect(await violations(config)).toEqual([expect.stringContaining('Did you mean "profile"?')]);
      expect(misspelled.requests).toEqual([]);
    } finally {
      delete process.env.PULUMI_NODEJS_PROJECT;
    }
  });

  test.each<[what: string, settings: Record<string, string>, says: string]>([
    ["a mistake in one", { "org-conformance:region": "Ireland" }, 'org-conformance:region: "Ireland" is not a region'],
    ["one that does not exist", { "org-conformance:reigon": "eu-west-1" }, 'Did you mean "region"?'],
    ["none that says where", { "org-conformance:maxRetries": "0" }, "set org-conformance:region or AWS_REGION."],
  ])("%s is reported in their names, and aws:* does not help out", async (_what, settings, says) => {
    await emulated({ packs: [{ name: "baseline", members: 1 }] }, settings);
    expect(await violations(config)).toEqual([expect.stringContaining(says)]);
  });
});
