import type { EmulatedMember, EmulatorOptions } from "pulumi-org-conformance/testing";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalStackOptions } from "../../tools/localStack";
import { repository } from "../../tools/localStack";
import { awsPlugin } from "./awsPlugin/awsPlugin";
import {
  credentialsInConfig,
  type GatedStack,
  gatedStack,
  packName,
  resourceOfType,
  Service,
  statusIn,
} from "./gatedStack";

/** An example is a module that declares as it loads, so each run loads it anew, with the one Pulumi that there is. */
function load(example: string): Promise<Record<string, unknown>> {
  const shared = ["@pulumi/aws", "@pulumi/pulumi", "pulumi-org-conformance"].map(
    (name) => [name, jest.requireActual<object>(name)] as const,
  );
  let exports: Record<string, unknown> = {};
  jest.isolateModules(() => {
    for (const [name, module] of shared) jest.doMock(name, () => module);
    exports = jest.requireActual<Record<string, unknown>>(`../../examples/${example}/index`);
  });
  return Promise.resolve(exports);
}

function start(
  example: string,
  emulated: EmulatorOptions,
  options: Partial<LocalStackOptions> = {},
): Promise<GatedStack> {
  return gatedStack(() => load(example), emulated, options);
}

async function outputsOf({ stack }: GatedStack): Promise<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value as unknown]));
}

test("reference: exports the status, and gates nothing", async () => {
  const stack = await start(
    "reference",
    { packs: [{ name: packName, members: 10, failing: 1 }] },
    { config: credentialsInConfig },
  );
  await stack.deploy();
  expect(await outputsOf(stack)).toMatchObject({
    verdict: "FAILED",
    failedAccounts: ["200005000015: NoAvailableConfigurationRecorderException"],
  });
});

test("gate: refuses while an account has failed, before its service is created", async () => {
  const stack = await start("gate", { packs: [{ name: packName, members: 10, failing: 1 }] });
  const { succeeded, output } = await stack.up();
  expect(succeeded).toBe(false);
  expect(output).toContain("1 of 10 accounts failed.");
  const resources = await stack.resources();
  expect(statusIn(resources)).toBeUndefined();
  expect(resourceOfType(resources, "example:index:Service")).toBeUndefined();
});

test("several-regions: shows each region, and one that fails is enough", async () => {
  const regions = ["us-east-1", "eu-west-1", "ap-southeast-2"];
  const stack = await start("several-regions", {
    packs: regions.map((region) => ({ name: packName, region, members: 5 })),
  });
  expect(await stack.up()).toMatchObject({ succeeded: true });
  expect(await outputsOf(stack)).toMatchObject({
    verdict: "PASSED",
    byRegion: regions.map((region) => ({ region, accounts: 5, failed: 0, aggregate: "CREATE_SUCCESSFUL" })),
  });
  stack.emulator.setMembers(packName, { members: 5, failing: 1 }, "eu-west-1");
  const { succeeded, output } = await stack.up();
  expect(succeeded).toBe(false);
  expect(output).toContain("1 of 5 accounts failed, in 1 of 3 regions.");
  expect(output).toMatch(/NoAvailableConfigurationRecorderException \(CREATE_FAILED\), 1 account in eu-west-1\b/);
});

test("whole-organization: an account that the pack has not reached is named", async () => {
  const members = ["222222222222", "333333333333"].map((accountId): EmulatedMember => ({
    accountId,
    status: "CREATE_SUCCESSFUL",
  }));
  const stack = await start("whole-organization", {
    packs: [{ name: packName, members }],
    organization: {
      accounts: [
        { id: "111111111111", name: "management" },
        { id: "222222222222", name: "payments" },
        { id: "333333333333", name: "old", state: "SUSPENDED" },
        { id: "444444444444", name: "sandbox" },
      ],
    },
  });
  const { succeeded, output } = await stack.preview();
  expect(succeeded).toBe(false);
  expect(output).toContain("1 expected account is missing.");
  expect(output).toContain("444444444444 (sandbox)");
  await stack.deploy();
  expect(await outputsOf(stack)).toMatchObject({
    verdict: "INCOMPLETE",
    missing: ["sandbox in us-east-1: noRow"],
    unexpected: ["old: notActive"],
  });
});

test("wait-for-rollout: puts the pack, waits for it, and succeeds", async () => {
  const stack = await start(
    "wait-for-rollout",
    { rolloutMs: 4_000, membersOfNewPacks: { members: 10 } },
    { plugins: awsPlugin, config: { "org-conformance:pollSeconds": { value: "0.3" } } },
  );
  const { succeeded, output } = await stack.up();
  expect(succeeded).toBe(true);
  expect(output).toContain("10 of 10 accounts done, 0 failed");
  expect(await outputsOf(stack)).toMatchObject({ verdict: "PASSED", failedAccounts: [] });
});

test("tolerate: passes by its exception, and reports it", async () => {
  const stack = await start("tolerate", {
    packs: [
      {
        name: packName,
        members: ["222222222222", "333333333333"].map((accountId, index) => ({
          accountId,
          status: index === 0 ? "CREATE_FAILED" : "CREATE_SUCCESSFUL",
        })),
      },
    ],
  });
  expect(await stack.up()).toMatchObject({ succeeded: true });
  expect(await outputsOf(stack)).toMatchObject({
    verdict: "FAILED",
    decision: "PASSED",
    tolerated: [expect.stringMatching(/^Account 222222222222 is CREATE_FAILED in us-east-1\. Excepted until /)],
    warnings: [],
  });
});

test("policy-pack: its required packs gate a program that declares nothing", async () => {
  const folder = join(repository, "examples", "policy-pack");
  const policyConfig = JSON.parse(await readFile(join(folder, "required-packs.json"), "utf8")) as Record<
    string,
    unknown
  >;
  const packs = ["us-east-1", "eu-west-1"].map((region) => ({ name: packName, region, members: 5 }));
  const program = () => {
    new Service("api", {});
    return Promise.resolve({});
  };
  const stack = await gatedStack(program, { packs });
  const run = { policyPack: folder, policyConfig };
  const passed = await stack.preview(run);
  expect(passed).toMatchObject({ succeeded: true });
  expect(passed.output).toContain("The exception for 222222222222 matches nothing");
  stack.emulator.setMembers(packName, { members: 5, failing: 1 }, "eu-west-1");
  const refused = await stack.preview(run);
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toContain("200002000006 (account-200002000006)");
});
