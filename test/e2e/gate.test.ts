import { ConfigServiceClient, DeleteOrganizationConformancePackCommand } from "@aws-sdk/client-config-service";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { OrganizationConformancePackStatus, type OrganizationConformancePackStatusArgs } from "pulumi-org-conformance";
import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import {
  dependentType,
  type GatedStack,
  gatedStack,
  packName,
  resourceOfType,
  Service,
  statusIn,
  statusType,
} from "./gatedStack";

const failing = { name: packName, members: 250, failing: 3 };
const healthy = { name: packName, members: 250 };

function gateAndService(args: Partial<OrganizationConformancePackStatusArgs> = {}) {
  return () => {
    const gate = new OrganizationConformancePackStatus("gate", { name: packName, ...args });
    new Service("api", { dependsOn: gate });
    return Promise.resolve({ verdict: gate.verdict, counts: gate.counts, failed: gate.failed });
  };
}

function start(emulated: EmulatorOptions, program: PulumiFn = gateAndService()): Promise<GatedStack> {
  return gatedStack(program, emulated);
}

/** Whether what the gate protects was created. */
async function dependentExists(stack: GatedStack): Promise<boolean> {
  return resourceOfType(await stack.resources(), dependentType) !== undefined;
}

interface FailingCase {
  readonly what: string;
  readonly args: Partial<OrganizationConformancePackStatusArgs>;
  readonly withPolicyPack: boolean;
  readonly blocks: boolean;
  /** How often the sentence is shown. The CLI shows the first line of an error in the resource's row too. */
  readonly times: number;
  readonly says: readonly RegExp[];
}

const causes = [
  /NoAvailableConfigurationRecorderException \(CREATE_FAILED\), 2 accounts, since .*: 200041000123, 200125000375/,
  /AWS says: There are no configuration recorders available/,
  /Next: turn the AWS Config recorder on in these accounts/,
];

describe("a failing pack", () => {
  test.each<FailingCase>([
    {
      what: "blocks with the policy pack",
      args: {},
      withPolicyPack: true,
      blocks: true,
      times: 1,
      says: [
        /\[mandatory\] {2}organization-conformance-pack-member-failed/,
        /Checks that no member account of an organization conformance pack has failed\./,
        ...causes,
      ],
    },
    {
      what: "blocks without a policy pack where failOn says so, as a plain check failure",
      args: { failOn: "failed" },
      withPolicyPack: false,
      blocks: true,
      times: 2,
      says: causes,
    },
    {
      what: "passes without a policy pack and without failOn, with a warning on the gate's own row",
      args: {},
      withPolicyPack: false,
      blocks: false,
      times: 0,
      says: [/\(gate\):\n +warning: The pack is FAILED: 3 of 250 accounts failed\./],
    },
  ])("$what", async ({ args, blocks, says, times, withPolicyPack }) => {
    const stack = await start({ packs: [failing] }, gateAndService(args));
    // The Automation API's up is `pulumi up --skip-preview`.
    for (const run of [stack.preview, stack.up]) {
      const { output, succeeded } = await run({ withPolicyPack });
      expect(succeeded).toBe(!blocks);
      for (const text of says) expect(output.match(new RegExp(text, "g"))).toHaveLength(1);
      expect(output.split("us-east-1: 3 of 250 accounts failed.")).toHaveLength(times + 1);
      expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    }
    expect(await dependentExists(stack)).toBe(!blocks);
    const outputs = await stack.stack.outputs();
    expect(outputs.verdict?.value).toBe(blocks ? undefined : "FAILED");
    if (!blocks) expect(outputs.failed?.value).toHaveLength(3);
  });
});

test("options that would make the gate a read, which no policy sees, are refused", async () => {
  const stack = await start({ packs: [failing] }, () => {
    const options = { id: `${packName}@us-east-1` } as object;
    const refusal = (() => {
      try {
        new OrganizationConformancePackStatus("gate", { name: packName }, options);
        return "none";
      } catch (error) {
        return (error as Error).message;
      }
    })();
    return Promise.resolve({ refusal });
  });
  await stack.up();
  expect((await stack.stack.outputs()).refusal?.value).toMatch(/opts\.id: ".*" is not allowed/);
  expect(statusIn(await stack.resources())).toBeUndefined();
});

describe("a healthy pack", () => {
  test("opens the gate with typed outputs, changes nothing when nothing changed, and is destroyed", async () => {
    const stack = await start({ packs: [healthy] }, () => {
      const gate = new OrganizationConformancePackStatus("gate", { name: packName });
      new Service("api", { dependsOn: gate });
      return Promise.resolve({ verdict: gate.verdict, counts: gate.counts, members: gate.members });
    });
    expect(await stack.up()).toMatchObject({ succeeded: true });
    expect(await dependentExists(stack)).toBe(true);

    const outputs = await stack.stack.outputs();
    expect(outputs.verdict?.value).toBe("PASSED");
    expect(outputs.counts?.value).toMatchObject({ total: 250, successful: 250, failed: 0 });
    expect(outputs.members?.value).toHaveLength(250);
    expect((outputs.members?.value as unknown[])[0]).toEqual({
      accountId: "200000000000",
      region: "us-east-1",
      conformancePackName: expect.stringContaining(packName) as unknown,
      status: "CREATE_SUCCESSFUL",
      lastUpdateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
    });

    // New times alone are no change.
    stack.emulator.setMembers(packName, { members: 250 });
    expect(await stack.preview({ expectNoChanges: true })).toMatchObject({ succeeded: true });

    expect((await stack.destroy()).succeeded).toBe(true);
    expect(await stack.resources()).toHaveLength(0);
  });

  test("that fails between two runs blocks the preview and shows the difference, with no line for a healthy account", async () => {
    const stack = await start({ packs: [healthy] });
    await stack.up();
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });

    const preview = await stack.preview({ diff: true });
    expect(preview.succeeded).toBe(false);
    expect(preview.output).toContain("1 of 250 accounts failed.");
    expect(preview.output).toMatch(/~ verdict +: "PASSED" => "FAILED"/);
    expect(preview.output).toContain("200125000375");
    expect(preview.output).not.toContain("200001000003");
  });

  test("that fails between the preview and the update blocks the update", async () => {
    const stack = await start({ packs: [healthy] });
    expect((await stack.preview()).succeeded).toBe(true);
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const up = await stack.up();
    expect(up.succeeded).toBe(false);
    expect(up.output).toContain("1 of 250 accounts failed.");
    expect(await dependentExists(stack)).toBe(false);
  });
});

test("a gate whose name is unknown in the preview is judged in the update", async () => {
  /** A stand-in for the pack's own resource: its name is known once it is created. */
  class CreatedPack extends pulumi.dynamic.Resource {
    declare public readonly packName: pulumi.Output<string>;
    public constructor(name: string) {
      super({ create: () => Promise.resolve({ id: "created", outs: { packName: "security-baseline" } }) }, name, {
        packName: undefined,
      });
    }
  }
  const program = () => {
    const gate = new OrganizationConformancePackStatus("gate", { name: new CreatedPack("pack").packName });
    new Service("api", { dependsOn: gate });
    return Promise.resolve({ verdict: gate.verdict });
  };
  const stack = await start({ packs: [failing] }, program);

  const preview = await stack.preview();
  expect(preview.succeeded).toBe(true);
  expect(preview.output).toContain("can't run policy 'organization-conformance-pack-member-failed'");
  expect(preview.output.match(/can't run policy/g)).toHaveLength(1);
  expect(stack.emulator.requests).toHaveLength(0);

  const blocked = await stack.up();
  expect(blocked.succeeded).toBe(false);
  expect(blocked.output).toContain("3 of 250 accounts failed.");
  expect(await dependentExists(stack)).toBe(false);

  stack.emulator.setMembers(packName, { members: 250 });
  expect(await stack.up()).toMatchObject({ succeeded: true });
  expect((await stack.stack.outputs()).verdict?.value).toBe("PASSED");
});

describe("a lookup that is refused is a plain check failure, and state stays as it was", () => {
  const cases: [string, Partial<OrganizationConformancePackStatusArgs>, (stack: GatedStack) => void, RegExp[]][] = [
    [
      "unknown pack",
      { name: "no-such-pack" },
      () => undefined,
      [/No organization conformance pack named "no-such-pack" in us-east-1/, /Next: Check the name/],
    ],
    [
      "access denied",
      {},
      ({ emulator }) => {
        emulator.injectFault({ kind: "accessDenied", operation: "GetOrganizationConformancePackDetailedStatus" });
      },
      [
        /Access denied by AWS Config: config:GetOrganizationConformancePackDetailedStatus/,
        /AWS request id: [-0-9a-f]+/,
      ],
    ],
    [
      "bad name",
      { name: "1-baseline" },
      () => undefined,
      [/"1-baseline" is not an organization conformance pack's name/],
    ],
    [
      "a typo in a status",
      { statuses: ["CREATE_FAILD" as never] },
      () => undefined,
      [/statuses\[0\]/, /Did you mean "CREATE_FAILED"\?/],
    ],
    [
      "an unknown argument",
      { nmae: 1 } as never,
      () => undefined,
      [/There is no such argument. Did you mean "name"\?/],
    ],
  ];
  test.each(cases)("%s", async (_, args, prepare, messages) => {
    const stack = await start({ packs: [healthy] });
    await stack.up();
    const before = JSON.stringify(await stack.resources());
    prepare(stack);
    for (const run of [stack.preview, stack.up]) {
      const { succeeded, output } = await run({ program: gateAndService(args) });
      expect(succeeded).toBe(false);
      for (const message of messages) expect(output).toMatch(message);
      // The engine reports it, and no policy adds a guess of its own.
      expect(output).not.toContain("holds no status that can be judged");
      expect(output).not.toMatch(/^\s+at .*:\d+:\d+/m);
    }
    const urns = (text: string) =>
      (JSON.parse(text) as { urn: string; outputs?: unknown }[]).map(({ urn, outputs }) => [urn, outputs]);
    expect(urns(JSON.stringify(await stack.resources()))).toEqual(urns(before));
  });
});

test("refresh looks up again, and keeps the state when AWS refuses or knows no such pack", async () => {
  const stack = await start({ packs: [healthy] });
  expect(await stack.up()).toMatchObject({ succeeded: true });

  stack.emulator.setMembers(packName, { members: 250, failing: 2 });
  expect((await stack.refresh()).succeeded).toBe(true);
  expect(statusIn(await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED", counts: { failed: 2 } });

  stack.emulator.injectFault({ kind: "expiredToken" });
  const refused = await stack.refresh();
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toContain("AWS Config says that the credentials have expired");
  expect(refused.output).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(statusIn(await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED" });

  stack.emulator.clearFaults();
  await deletePack(stack);
  const gone = await stack.refresh();
  expect(gone.succeeded).toBe(false);
  expect(gone.output).toContain(`No organization conformance pack named "${packName}"`);
  expect(statusIn(await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED" });
  expect((await stack.destroy()).succeeded).toBe(true);
});

async function deletePack({ emulator }: GatedStack): Promise<void> {
  const client = new ConfigServiceClient({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEMULATED", secretAccessKey: "emulated-secret" },
  });
  await client.send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: packName }));
  client.destroy();
}

describe("--target", () => {
  const urnOf = (type: string, name: string) => [`urn:pulumi:local::org-conformance::${type}::${name}`];

  test("on the gate looks up as always", async () => {
    const stack = await start({ packs: [healthy] });
    await stack.up();
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const blocked = await stack.up({ target: urnOf(statusType, "gate") });
    expect(blocked.succeeded).toBe(false);
    expect(blocked.output).toContain("1 of 250 accounts failed.");
    stack.emulator.setMembers(packName, { members: 249 });
    expect(await stack.up({ target: urnOf(statusType, "gate") })).toMatchObject({ succeeded: true });
    expect(statusIn(await stack.resources())?.outputs).toMatchObject({ counts: { total: 249 } });
  });

  test("on the dependent alone is refused, with the status of an earlier run and with none", async () => {
    const stack = await start({ packs: [healthy] });
    const target = urnOf(dependentType, "api");
    const first = await stack.up({ target });
    expect(first.succeeded).toBe(false);
    expect(first.output).toContain("This resource holds no status that can be judged.");
    expect(first.output).toContain("add this resource to them (--target)");

    expect((await stack.up()).succeeded).toBe(true);
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const later = await stack.up({ target });
    expect(later.succeeded).toBe(false);
    expect(later.output).toMatch(/This status was looked up at [-\dT:.]+Z, not by this run\./);
  });
});

test("a new name, or another region, replaces the resource", async () => {
  const stack = await start({
    packs: [healthy, { name: "another-baseline", members: 5 }, { ...healthy, region: "eu-west-1" }],
  });
  await stack.up();
  for (const [args, id] of [
    [{ name: "another-baseline" }, "another-baseline@us-east-1"],
    [{ regions: ["eu-west-1"] }, `${packName}@eu-west-1`],
  ] as const) {
    const preview = await stack.preview({ program: gateAndService({ ...args }) });
    expect(preview.output).toMatch(/OrganizationConformancePackStatus gate replace/);
    expect((await stack.up({ program: gateAndService({ ...args }) })).succeeded).toBe(true);
    expect(statusIn(await stack.resources())?.id).toBe(id);
  }
});
