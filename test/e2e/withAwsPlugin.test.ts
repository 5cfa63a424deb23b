import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { join } from "node:path";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import type { LocalStackOptions } from "../../tools/localStack";
import { awsPlugin } from "./awsPlugin/awsPlugin";
import { dependentType, type GatedStack, gatedStack, packName, resourceOfType, Service, statusIn } from "./gatedStack";

const packType = "aws:cfg/organizationConformancePack:OrganizationConformancePack";

/** The pack, the gate on it, and what the gate protects: all that a program with one stack has. */
function packGateAndService({ template = "Resources: {}", waits = false, service = "api" } = {}): PulumiFn {
  return () => {
    const pack = new aws.cfg.OrganizationConformancePack("baseline", { name: packName, templateBody: template });
    const wait = { waitForSettled: { pollSeconds: 0.3, timeoutSeconds: 60 }, triggers: [pack.templateBody] };
    const gate = new OrganizationConformancePackStatus(
      "gate",
      { name: pack.id, ...(waits && wait) },
      { dependsOn: pack },
    );
    new Service(service, { dependsOn: gate });
    return Promise.resolve({ packName: pack.id, packArn: pack.arn, verdict: gate.verdict });
  };
}

function start(
  program: PulumiFn = packGateAndService(),
  emulated: EmulatorOptions = {},
  options: Partial<LocalStackOptions> = {},
): Promise<GatedStack> {
  return gatedStack(program, emulated, { plugins: awsPlugin, ...options });
}

/** Another stack on the first one's backend, passphrase and emulator: `first.emulator` counts, its own stays idle. */
function startBeside(first: GatedStack, stackName: string, program: PulumiFn): Promise<GatedStack> {
  const backend = join(first.folder, "backend");
  return start(program, {}, { stackName, backend, endpoint: first.emulator.endpoint });
}

const operations = ({ emulator }: GatedStack): string[] => emulator.requests.map(({ operation }) => operation);

test("a pack and its gate are created in one update, and destroyed in the other order", async () => {
  const stack = await start();

  const preview = await stack.preview();
  expect(preview.output).toMatch(/\+ +aws:cfg:OrganizationConformancePack baseline create/);
  expect(preview.output).toContain("can't run policy 'organization-conformance-pack-member-failed'");
  expect(preview.output).not.toMatch(/\[mandatory\]/);
  expect(preview.succeeded).toBe(true);
  // The name is unknown, so there is nothing to look up.
  expect(operations(stack)).toEqual([]);

  expect(await stack.up()).toMatchObject({ succeeded: true });
  expect(operations(stack)[0]).toBe("PutOrganizationConformancePack");
  expect(operations(stack)).toContain("GetOrganizationConformancePackDetailedStatus");
  const outputs = await stack.stack.outputs();
  expect(outputs.packName?.value).toBe(packName);
  expect(outputs.packArn?.value).toMatch(/^arn:aws:config:us-east-1:\d{12}:organization-conformance-pack\//);
  expect(outputs.verdict?.value).toBe("PASSED");
  const created = await stack.resources();
  expect(resourceOfType(created, packType)).toMatchObject({
    id: packName,
    outputs: { name: packName, region: "us-east-1", templateBody: "Resources: {}" },
  });
  expect(statusIn(created)).toMatchObject({ outputs: { verdict: "PASSED", counts: { total: 10 } } });
  expect(resourceOfType(created, dependentType)).toBeDefined();

  const destroyed = await stack.destroy();
  expect(destroyed.succeeded).toBe(true);
  const deleted = (name: string) => destroyed.output.search(new RegExp(`${name} deleted`));
  expect(deleted("OrganizationConformancePackStatus gate")).toBeGreaterThan(0);
  expect(deleted("OrganizationConformancePack baseline")).toBeGreaterThan(
    deleted("OrganizationConformancePackStatus gate"),
  );
  expect(await stack.resources()).toHaveLength(0);
  expect(operations(stack).at(-1)).toBe("DeleteOrganizationConformancePack");
});

test("an update of the pack that fails in two accounts is stopped there, and a corrected template repairs it", async () => {
  const stack = await start(packGateAndService({ waits: true }), { rolloutMs: 2_000 });
  await stack.deploy();
  expect((await stack.stack.outputs()).verdict?.value).toBe("PASSED");

  stack.emulator.planMembers(packName, { members: 10, failing: 2 });
  const broken = packGateAndService({ template: "Resources: { Broken: true }", waits: true, service: "next" });
  // The template changes, so the present status of the pack does not count.
  const preview = await stack.preview({ program: broken });
  expect(preview.succeeded).toBe(true);
  expect(preview.output).toMatch(/~ +aws:cfg:OrganizationConformancePack baseline update/);
  expect(preview.output).toContain("can't run policy 'organization-conformance-pack-member-failed'");

  const update = await stack.up({ program: broken });
  expect(update.succeeded).toBe(false);
  expect(update.output).toContain("2 of 10 accounts failed.");
  expect(update.output).toMatch(/UPDATE_FAILED\), 2 accounts, since .*: \d{12}, \d{12}/);
  const resources = await stack.resources();
  expect(resources.map(({ urn }) => urn).filter((urn) => urn.includes(dependentType))).toEqual([
    expect.stringMatching(/::api$/) as string,
  ]);

  // The engine keeps the old triggers of an update that failed, so only the next update judges again. It does.
  const again = await stack.up({ program: broken });
  expect(again.succeeded).toBe(false);
  expect(again.output).toContain("2 of 10 accounts failed.");
  expect(operations(stack).filter((operation) => operation === "PutOrganizationConformancePack")).toHaveLength(2);

  stack.emulator.planMembers(packName, { members: 10 });
  const repaired = packGateAndService({ template: "Resources: { Repaired: true }", waits: true, service: "next" });
  expect(await stack.preview({ program: repaired })).toMatchObject({ succeeded: true });
  expect(await stack.up({ program: repaired })).toMatchObject({ succeeded: true });
  expect((await stack.stack.outputs()).verdict?.value).toBe("PASSED");
  expect(resourceOfType(await stack.resources(), dependentType)?.urn).toMatch(/::next$/);

  const destroyed = await stack.destroy();
  expect(destroyed.succeeded).toBe(true);
  expect(operations(stack).at(-1)).toBe("DeleteOrganizationConformancePack");
});

test("a pack without a gate is reported", async () => {
  const stack = await start(() => {
    new aws.cfg.OrganizationConformancePack("baseline", { name: packName, templateBody: "Resources: {}" });
    return Promise.resolve({});
  });
  const { output, succeeded } = await stack.preview();
  expect(succeeded).toBe(true);
  expect(output).toMatch(/\[advisory\] +organization-conformance-pack-without-gate .*baseline\)/);
  expect(output).toContain(`No resource of this stack looks up the status of "${packName}" in the member accounts.`);
});

test("a stack gates on the pack of another stack, which it knows from a StackReference", async () => {
  const platform = await start();
  await platform.deploy();

  const service = await startBeside(platform, "service", () => {
    const shared = new pulumi.StackReference("organization/org-conformance/local");
    const gate = new OrganizationConformancePackStatus("gate", { name: shared.requireOutput("packName") });
    new Service("api", { dependsOn: gate });
    return Promise.resolve({ verdict: gate.verdict, platformVerdict: shared.requireOutput("verdict") });
  });
  platform.emulator.setMembers(packName, { members: 10, failing: 2 });
  for (const run of [service.preview, service.up]) {
    const { succeeded, output } = await run();
    expect(succeeded).toBe(false);
    expect(output).toContain(`Organization conformance pack "${packName}" in us-east-1: 2 of 10 accounts failed.`);
  }
  expect(resourceOfType(await service.resources(), dependentType)).toBeUndefined();

  platform.emulator.setMembers(packName, { members: 10 });
  expect(await service.up()).toMatchObject({ succeeded: true });
  expect(await service.stack.outputs()).toMatchObject({
    verdict: { value: "PASSED" },
    // The platform's own gate, as its last update left it.
    platformVerdict: { value: "PASSED" },
  });
  expect(resourceOfType(await service.resources(), dependentType)).toBeDefined();
});
