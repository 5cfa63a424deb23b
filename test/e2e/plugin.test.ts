import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { pluginFolder, pluginSettings } from "../../tools/localStack";
import { credentialsInConfig, dependentType, gatedStack, packName, resourceOfType, Service } from "./gatedStack";
import { gateIn, PluginGate, PluginProvider, pluginStack, pluginType } from "./pluginStack";

const failing = { name: packName, members: 250, failing: 3 };
const healthy = { name: packName, members: 250 };
const stackTrace = /^\s+at .*:\d+:\d+/m;

const gateAndService =
  (args: pulumi.Inputs = {}, opts: pulumi.CustomResourceOptions = {}): PulumiFn =>
  () => {
    const gate = new PluginGate("gate", { name: packName, ...args }, opts);
    new Service("api", { dependsOn: gate });
    return Promise.resolve({ verdict: gate.verdict, counts: gate.counts, failedGroups: gate.failedGroups });
  };

/** A resource with an output that is not known before it is created. */
class Created extends pulumi.dynamic.Resource {
  declare public readonly value: pulumi.Output<string>;
  public constructor(name: string, value: string) {
    super({ create: () => Promise.resolve({ id: "created", outs: { value } }) }, name, { value: undefined });
  }
}

test("a setting that can't be used is reported under the name that the user set", async () => {
  const stack = await pluginStack(gateAndService(), { packs: [healthy] }, { project: "platform" });
  await stack.stack.setAllConfig({
    "org-conformance:retryMode": { value: "legacy" },
    "org-conformance:reigon": { value: "x" },
  });
  const { output, succeeded } = await stack.preview();
  expect(succeeded).toBe(false);
  expect(output).toMatch(/org-conformance:retryMode.*"legacy" is not/);
  expect(output).toMatch(/org-conformance:reigon.*Did you mean "region"\?/);
});

test("a project with the plugin's name keeps settings of its own, and is told which may be a slip", async () => {
  const program: PulumiFn = async () => {
    const outputs = (await gateAndService()()) as Record<string, unknown>;
    return { ...outputs, replicas: new pulumi.Config("org-conformance").requireNumber("replicas") };
  };
  const stack = await pluginStack(program, { packs: [failing] }, { project: "org-conformance" });
  await stack.stack.setAllConfig({
    "org-conformance:replicas": { value: "3" },
    "org-conformance:reigon": { value: "x" },
  });
  const refused = await stack.preview();
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toContain("3 of 250 accounts failed.");

  stack.emulator.setMembers(packName, { members: 250 });
  const { output, succeeded } = await stack.up();
  expect(output).toMatch(/warning: org-conformance:reigon: .*one of the project, .* Did you mean "region"\?/);
  expect(output).not.toContain("org-conformance:replicas");
  expect(succeeded).toBe(true);
  expect(await stack.stack.outputs()).toMatchObject({ verdict: { value: "PASSED" }, replicas: { value: 3 } });
  expect(await stack.refresh()).toMatchObject({ succeeded: true });
  expect(await stack.destroy()).toMatchObject({ succeeded: true });
});

test("a gate that can't see the identity of the stack is reported, until org-conformance:* has one", async () => {
  const stack = await gatedStack(
    gateAndService(),
    { packs: [healthy] },
    { providers: { "org-conformance": pluginFolder }, config: credentialsInConfig },
  );
  const { endpoint } = stack.emulator;
  stack.stack.workspace.envVars.AWS_ENDPOINT_URL = endpoint;
  stack.stack.workspace.envVars.AWS_REGION = "us-east-1";
  const reported = await stack.preview();
  expect(reported).toMatchObject({ succeeded: true });
  expect(reported.output).toMatch(/\[advisory\] +organization-conformance-pack-other-identity/);
  expect(reported.output).toContain("aws:accessKey, aws:secretKey. The provider plugin can't see aws:* settings.");

  await stack.stack.setAllConfig({
    "org-conformance:accessKey": { value: "AKIAEMULATED", secret: true },
    "org-conformance:secretKey": { value: "emulated-secret", secret: true },
  });
  const set = await stack.preview();
  expect(set).toMatchObject({ succeeded: true });
  expect(set.output).not.toContain("other-identity");
});

describe("a provider of its own", () => {
  test("looks with its settings alone, beside one with others", async () => {
    const stack = await pluginStack(() => Promise.resolve({}), {
      packs: [
        { ...failing, region: "us-east-1" },
        { ...healthy, region: "eu-west-1" },
      ],
    });
    const settings = pluginSettings(stack.emulator.endpoint);
    const program: PulumiFn = () => {
      const there = new PluginProvider("there", { ...settings, region: "eu-west-1" });
      const gate = new PluginGate("gate", { name: packName }, { provider: there });
      new Service("api", { dependsOn: gate });
      const here = new PluginGate("here", { name: packName, failOn: "never" });
      return Promise.resolve({ there: gate.verdict, here: here.verdict, regions: gate.regions });
    };
    expect(await stack.up({ program, withPolicyPack: false })).toMatchObject({ succeeded: true });
    expect(await stack.stack.outputs()).toMatchObject({
      there: { value: "PASSED" },
      here: { value: "FAILED" },
      regions: { value: ["eu-west-1"] },
    });
  });

  test("whose settings are unknown in the preview looks nothing up there, and the update is judged", async () => {
    const stack = await pluginStack(() => Promise.resolve({}), { packs: [failing] });
    const { endpoints, region } = pluginSettings(stack.emulator.endpoint);
    const program: PulumiFn = () => {
      const created = new Created("region", region ?? "");
      const provider = new PluginProvider("late", { endpoints, region: created.value });
      const gate = new PluginGate("gate", { name: packName }, { provider });
      new Service("api", { dependsOn: gate });
      return Promise.resolve({ verdict: gate.verdict });
    };
    const preview = await stack.preview({ program });
    expect(preview).toMatchObject({ succeeded: true });
    expect(preview.output).toContain("can't run policy 'organization-conformance-pack-member-failed'");
    expect(preview.output).not.toContain("holds no status");
    expect(stack.emulator.requests).toEqual([]);

    const update = await stack.up({ program });
    expect(update.succeeded).toBe(false);
    expect(update.output).toContain("3 of 250 accounts failed.");
    expect(resourceOfType(await stack.resources(), dependentType)).toBeUndefined();
  });
});

describe("a read, which no policy sees, is refused", () => {
  test.each<[what: string, opts: pulumi.CustomResourceOptions]>([
    ["get", { id: `${packName}@us-east-1` }],
    ["import", { import: `${packName}@us-east-1` }],
  ])("%s", async (_what, opts) => {
    const stack = await pluginStack(gateAndService({}, opts), { packs: [healthy] });
    for (const run of [stack.preview, stack.up]) {
      const { output, succeeded } = await run();
      expect(succeeded).toBe(false);
      expect(output).toContain("This resource would be read, not managed");
      expect(output).not.toMatch(stackTrace);
    }
    expect(gateIn(await stack.resources())).toBeUndefined();
  });
});

describe("triggers", () => {
  const withTriggers = (template: string, args: pulumi.Inputs = {}) =>
    gateAndService({ triggers: [template], ...args });

  test("that change leave the preview open and its outputs unknown; the update judges", async () => {
    const stack = await pluginStack(withTriggers("one"), { packs: [healthy] });
    await stack.deploy();
    expect(gateIn(await stack.resources())?.inputs?.triggers).toMatch(/^[0-9a-f]{64}$/);

    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const program = withTriggers("two");
    const preview = await stack.preview({ program });
    expect(preview).toMatchObject({ succeeded: true });
    expect(preview.output).toContain("the update puts the pack first");
    expect(preview.output).not.toMatch(/FAILED|1 of 250/);
    const update = await stack.up({ program });
    expect(update.succeeded).toBe(false);
    expect(update.output).toContain("1 of 250 accounts failed.");

    stack.emulator.setMembers(packName, { members: 250 });
    await stack.deploy(program);
    expect(gateIn(await stack.resources())?.outputs).not.toHaveProperty("triggersChanged");
    const unchanged = { program, expectNoChanges: true, withPolicyPack: false };
    expect(await stack.preview(unchanged)).toMatchObject({ succeeded: true });
  });

  test("that change leave failOn to the update, which refuses before a dependent is changed", async () => {
    const stack = await pluginStack(withTriggers("one"), { packs: [healthy] });
    await stack.deploy();
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const changed = withTriggers("two", { failOn: "failed" });
    const program: PulumiFn = async () => {
      const outputs = await changed();
      return outputs as Record<string, unknown>;
    };
    expect(await stack.preview({ program, withPolicyPack: false })).toMatchObject({ succeeded: true });
    const update = await stack.up({ program, withPolicyPack: false });
    expect(update.succeeded).toBe(false);
    expect(update.output).toContain("1 of 250 accounts failed.");
    expect(update.output).not.toMatch(stackTrace);
    // Saved, and judged again by the next run.
    expect(gateIn(await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED" });
    expect((await stack.up({ program, withPolicyPack: false })).succeeded).toBe(false);
  });
});

test("secrets stay secret: in settings, in arguments, in what a refused update saves", async () => {
  const externalId = "planted-external-id";
  const roleId = "planted-role-id";
  const roleArn = "arn:aws:iam::222222222222:role/reader";
  const stack = await pluginStack(() => Promise.resolve({}), {
    packs: [{ name: packName, members: 3, inProgress: 1 }],
  });
  const settings = pluginSettings(stack.emulator.endpoint);
  const program: PulumiFn = () => {
    const provider = new PluginProvider("own", {
      ...settings,
      accessKey: pulumi.secret("AKIAPLANTED"),
      secretKey: pulumi.secret("planted-secret-key"),
      assumeRoles: pulumi.secret(JSON.stringify([{ roleArn, externalId: roleId }])),
    });
    const assumeRole = { roleArn, externalId: pulumi.secret(externalId) };
    const wait = { waitForSettled: { pollSeconds: 0.2, timeoutSeconds: 1 } };
    const refused = new PluginGate("gate", { name: packName, assumeRole, ...wait }, { provider });
    new Service("api", { dependsOn: refused });
    return Promise.resolve({ verdict: refused.verdict });
  };
  await stack.stack.setAllConfig({
    "org-conformance:accessKey": { value: "AKIAPLANTEDINCONFIG", secret: true },
    "org-conformance:secretKey": { value: "planted-in-config", secret: true },
  });
  const runs = [await stack.preview({ program }), await stack.up({ program })];
  expect(runs.map(({ succeeded }) => succeeded)).toEqual([true, false]);
  expect(runs[1]?.output).toContain("has not settled within 1 second");
  expect(gateIn(await stack.resources())?.outputs).toMatchObject({ counts: { inProgress: 1 } });
  expect(resourceOfType(await stack.resources(), dependentType)).toBeUndefined();
  stack.emulator.setMembers(packName, { members: 3 });
  for (const run of [
    await stack.up({ program }),
    await stack.refresh(),
    await stack.preview({ program, diff: true }),
  ]) {
    expect(run).toMatchObject({ succeeded: true });
    runs.push(run);
  }
  expect(stack.emulator.requests.map(({ operation }) => operation)).toContain("AssumeRole");

  const files = await readdir(stack.folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "utf8")),
  );
  expect(texts.some((text) => text.includes(pluginType))).toBe(true);
  const all = [...texts, ...runs.map(({ output }) => output)].join("\n");
  for (const secret of [externalId, roleId, "AKIAPLANTED", "planted-secret-key", "planted-in-config"]) {
    expect({ secret, isPlain: all.includes(secret) }).toEqual({ secret, isPlain: false });
  }
});

test.each<[what: string, program: PulumiFn]>([
  ["the plugin", gateAndService()],
  [
    "the dynamic provider",
    () => {
      new OrganizationConformancePackStatus("gate", { name: packName });
      return Promise.resolve({});
    },
  ],
])("with %s, a run opens no connection but to AWS", async (what, program) => {
  // Whatever is downloaded goes through a proxy, which refuses it.
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(String(request.url));
    response.writeHead(502).end();
  }).on("connect", (request, socket) => {
    asked.push(String(request.url));
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  try {
    const url = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    const environment = { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: "127.0.0.1,localhost" };
    const create = what === "the plugin" ? pluginStack : gatedStack;
    const stack = await create(program, { packs: [healthy] }, { environment });
    expect(await stack.preview()).toMatchObject({ succeeded: true });
    expect(await stack.up()).toMatchObject({ succeeded: true });
    expect(asked).toEqual([]);
  } finally {
    proxy.close();
  }
});
