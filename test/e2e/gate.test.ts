import { ConfigServiceClient, DeleteOrganizationConformancePackCommand } from "@aws-sdk/client-config-service";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { gateAndService, gateOf, testOnBothFronts, testOnOneFront } from "./fronts";
import {
  dependentType,
  type GatedStack,
  gatedStack,
  packName,
  resourceOfType,
  statusIn,
  untilLater,
} from "./gatedStack";

const failing = { name: packName, members: 250, failing: 3 };
const healthy = { name: packName, members: 250 };

const stackTrace = /^\s+at .*:\d+:\d+/m;

/** Whether what the gate protects was created. */
async function dependentExists(stack: GatedStack): Promise<boolean> {
  return resourceOfType(await stack.resources(), dependentType) !== undefined;
}

const causes = [
  /NoAvailableConfigurationRecorderException \(CREATE_FAILED\), 2 accounts, since .*: 200041000123, 200125000375/,
  /AWS says: There are no configuration recorders available/,
  /Next: turn the AWS Config recorder on in these accounts/,
];

testOnBothFronts(
  "a failing pack blocks with the policy pack, and with failOn alone; with neither it passes",
  async (front) => {
    const stack = await front.start(gateAndService(front), { packs: [failing] });
    // The Automation API's up is `pulumi up --skip-preview`.
    for (const run of [stack.preview, stack.up]) {
      const byPolicy = await run();
      expect(byPolicy.succeeded).toBe(false);
      for (const text of [
        /\[mandatory\] {2}organization-conformance-pack-member-failed/,
        /Checks that no member account of an organization conformance pack has failed\./,
        ...causes,
      ]) {
        expect(byPolicy.output.match(new RegExp(text, "g"))).toHaveLength(1);
      }
      expect(byPolicy.output.split("us-east-1: 3 of 250 accounts failed.")).toHaveLength(2);
      expect(byPolicy.output).not.toMatch(stackTrace);

      const program = gateAndService(front, { failOn: "failed" });
      const byFailOn = await run({ program, withPolicyPack: false });
      expect(byFailOn.succeeded).toBe(false);
      for (const text of causes) expect(byFailOn.output.match(new RegExp(text, "g"))).toHaveLength(1);
      // The CLI shows the first line of an error in the resource's row too.
      expect(byFailOn.output.split("us-east-1: 3 of 250 accounts failed.")).toHaveLength(3);
      expect(byFailOn.output).not.toMatch(stackTrace);
      expect(await dependentExists(stack)).toBe(false);
    }
    const ungated = await stack.up({ withPolicyPack: false });
    expect(ungated.succeeded).toBe(true);
    expect(ungated.output.match(/\(gate\):\n +warning: The pack is FAILED: 3 of 250 accounts failed\./g)).toHaveLength(
      1,
    );
    expect(await dependentExists(stack)).toBe(true);
    expect(await stack.stack.outputs()).toMatchObject({
      verdict: { value: "FAILED" },
      counts: { value: { failed: 3 } },
    });
  },
);

test("options that would make the gate a read, which no policy sees, are refused", async () => {
  const program: PulumiFn = () => {
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
  };
  const stack = await gatedStack(program, { packs: [failing] });
  await stack.deploy();
  expect((await stack.stack.outputs()).refusal?.value).toMatch(/opts\.id: ".*" is not allowed/);
  expect(statusIn(await stack.resources())).toBeUndefined();
});

describe("a healthy pack", () => {
  test("gives the class every row, typed", async () => {
    const program: PulumiFn = () => {
      const gate = new OrganizationConformancePackStatus("gate", { name: packName });
      return Promise.resolve({ members: gate.members });
    };
    const stack = await gatedStack(program, { packs: [healthy] });
    await stack.deploy();
    const { members } = await stack.stack.outputs();
    expect(members?.value).toHaveLength(250);
    expect((members?.value as unknown[])[0]).toEqual({
      accountId: "200000000000",
      region: "us-east-1",
      conformancePackName: expect.stringContaining(packName) as unknown,
      status: "CREATE_SUCCESSFUL",
      lastUpdateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
    });
  });

  testOnBothFronts(
    "opens the gate; then nothing changes, until an account fails; and it is destroyed",
    async (front) => {
      const stack = await front.start(gateAndService(front), { packs: [healthy] });
      expect(await stack.up()).toMatchObject({ succeeded: true });
      expect(await dependentExists(stack)).toBe(true);
      expect(await stack.stack.outputs()).toMatchObject({
        verdict: { value: "PASSED" },
        counts: { value: { total: 250, successful: 250, failed: 0 } },
      });
      expect(gateOf(front, await stack.resources())).toMatchObject({ id: `${packName}@us-east-1` });

      // New times alone are no change.
      stack.emulator.setMembers(packName, { members: 250 });
      expect(await stack.preview({ expectNoChanges: true })).toMatchObject({ succeeded: true });

      // The difference is shown, with no line for a healthy account.
      stack.emulator.setMembers(packName, { members: 250, failing: 1 });
      const preview = await stack.preview({ diff: true });
      expect(preview.succeeded).toBe(false);
      expect(preview.output).toContain("1 of 250 accounts failed.");
      expect(preview.output).toMatch(/~ verdict +: "PASSED" => "FAILED"/);
      expect(preview.output).toContain("200125000375");
      expect(preview.output).not.toContain("200001000003");
      if (front.name === "plugin") expect(preview.output).not.toMatch(/packedMembers|lookedUpAt/);

      expect((await stack.destroy()).succeeded).toBe(true);
      expect(await stack.resources()).toHaveLength(0);
    },
  );

  testOnOneFront("that fails between the preview and the update blocks the update", async (front) => {
    const stack = await front.start(gateAndService(front), { packs: [healthy] });
    expect((await stack.preview()).succeeded).toBe(true);
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const up = await stack.up();
    expect(up.succeeded).toBe(false);
    expect(up.output).toContain("1 of 250 accounts failed.");
    expect(await dependentExists(stack)).toBe(false);
  });
});

testOnBothFronts("a gate whose name is unknown in the preview is judged in the update", async (front) => {
  /** A stand-in for the pack's own resource: its name is known once it is created. */
  class CreatedPack extends pulumi.dynamic.Resource {
    declare public readonly packName: pulumi.Output<string>;
    public constructor(name: string) {
      super({ create: () => Promise.resolve({ id: "created", outs: { packName: "security-baseline" } }) }, name, {
        packName: undefined,
      });
    }
  }
  const program: PulumiFn = () => gateAndService(front, { name: new CreatedPack("pack").packName })();
  const stack = await front.start(program, { packs: [failing] });

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

/** Lookups that are refused, and what the run says. */
const refusals: readonly [args: pulumi.Inputs, says: RegExp[], prepare?: (stack: GatedStack) => void][] = [
  [
    { name: "no-such-pack" },
    [/No organization conformance pack named "no-such-pack" in us-east-1/, /Next: Check the name/],
  ],
  [
    {},
    [/Access denied by AWS Config: config:GetOrganizationConformancePackDetailedStatus/, /AWS request id: [-0-9a-f]+/],
    ({ emulator }) => {
      emulator.injectFault({ kind: "accessDenied", operation: "GetOrganizationConformancePackDetailedStatus" });
    },
  ],
];

testOnBothFronts("a lookup that is refused is a plain check failure, and state stays as it was", async (front) => {
  const stack = await front.start(gateAndService(front), { packs: [healthy] });
  await stack.deploy();
  const outputs = async () => (await stack.resources()).map(({ urn, outputs }) => [urn, outputs]);
  const before = await outputs();
  for (const [index, [args, says, prepare]] of refusals.entries()) {
    prepare?.(stack);
    // An update says the same: one is enough.
    for (const run of index < refusals.length - 1 ? [stack.preview] : [stack.preview, stack.up]) {
      const { output, succeeded } = await run({ program: gateAndService(front, args) });
      expect(succeeded).toBe(false);
      for (const message of says) expect(output).toMatch(message);
      // The engine reports it, and no policy adds a guess of its own.
      expect(output).not.toContain("holds no status that can be judged");
      expect(output).not.toMatch(stackTrace);
    }
  }
  expect(await outputs()).toEqual(before);
});

testOnBothFronts(
  "refresh looks up again, and keeps the state when AWS refuses or knows no such pack",
  async (front) => {
    const stack = await front.start(gateAndService(front), { packs: [healthy] });
    await stack.deploy();

    stack.emulator.setMembers(packName, { members: 250, failing: 2 });
    expect((await stack.refresh()).succeeded).toBe(true);
    expect(gateOf(front, await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED", counts: { failed: 2 } });

    stack.emulator.injectFault({ kind: "expiredToken" });
    const refused = await stack.refresh();
    expect(refused.succeeded).toBe(false);
    expect(refused.output).toContain("AWS Config says that the credentials have expired");
    expect(refused.output).not.toMatch(stackTrace);
    expect(gateOf(front, await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED" });

    stack.emulator.clearFaults();
    await deletePack(stack);
    const gone = await stack.refresh();
    expect(gone.succeeded).toBe(false);
    expect(gone.output).toContain(`No organization conformance pack named "${packName}"`);
    expect(gateOf(front, await stack.resources())?.outputs).toMatchObject({ verdict: "FAILED" });
    expect((await stack.destroy()).succeeded).toBe(true);
  },
);

async function deletePack({ emulator }: GatedStack): Promise<void> {
  const client = new ConfigServiceClient({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEMULATED", secretAccessKey: "emulated-secret" },
  });
  await client.send(new DeleteOrganizationConformancePackCommand({ OrganizationConformancePackName: packName }));
  client.destroy();
}

testOnBothFronts("break glass lets a silent region pass, with a warning at the end of the run", async (front) => {
  const unanswered = { reason: "INC-7", expires: new Date(Date.now() + 3_600_000).toISOString() };
  const args = { regions: ["us-east-1", "eu-west-1"], maxAttempts: 1, failOn: "notPassed", tolerate: { unanswered } };
  const stack = await front.start(gateAndService(front, args), {
    packs: [healthy, { ...healthy, region: "eu-west-1" }],
  });
  stack.emulator.injectFault({ kind: "serverError", region: "eu-west-1" });
  const { output, succeeded } = await stack.preview({ withPolicyPack: false });
  expect(succeeded).toBe(true);
  const [, diagnostics = ""] = output.split("Diagnostics:");
  expect(
    diagnostics.match(/warning: security-baseline: .* in eu-west-1\. .*tolerate\.unanswered: INC-7/g),
  ).toHaveLength(1);
});

describe("--target", () => {
  const urnOf = (type: string, name: string) => [`urn:pulumi:local::org-conformance::${type}::${name}`];

  testOnOneFront("on the gate looks up as always", async (front) => {
    const stack = await front.start(gateAndService(front), { packs: [healthy] });
    await stack.deploy();
    stack.emulator.setMembers(packName, { members: 250, failing: 1 });
    const blocked = await stack.up({ target: urnOf(front.type, "gate") });
    expect(blocked.succeeded).toBe(false);
    expect(blocked.output).toContain("1 of 250 accounts failed.");
    stack.emulator.setMembers(packName, { members: 249 });
    expect(await stack.up({ target: urnOf(front.type, "gate") })).toMatchObject({ succeeded: true });
    expect(gateOf(front, await stack.resources())?.outputs).toMatchObject({ counts: { total: 249 } });
  });

  testOnOneFront(
    "on the dependent alone is refused, with the status of an earlier run and with none",
    async (front) => {
      const stack = await front.start(gateAndService(front), { packs: [healthy] });
      const target = urnOf(dependentType, "api");
      const first = await stack.up({ target });
      expect(first.succeeded).toBe(false);
      expect(first.output).toContain("This resource holds no status that can be judged.");
      expect(first.output).toContain("add this resource to them (--target)");

      await stack.deploy();
      stack.emulator.setMembers(packName, { members: 250, failing: 1 });
      await untilLater();
      const later = await stack.up({ target });
      expect(later.succeeded).toBe(false);
      expect(later.output).toMatch(/This status was looked up at [-\dT:.]+Z, not by this run\./);
    },
  );
});

testOnOneFront("a new name, or another region, replaces the resource", async (front) => {
  const packs = [healthy, { name: "another-baseline", members: 5 }, { ...healthy, region: "eu-west-1" }];
  const stack = await front.start(gateAndService(front), { packs });
  await stack.deploy();
  for (const [args, id] of [
    [{ name: "another-baseline" }, "another-baseline@us-east-1"],
    [{ regions: ["eu-west-1"] }, `${packName}@eu-west-1`],
  ] as const) {
    const program = gateAndService(front, { ...args });
    const preview = await stack.preview({ program, withPolicyPack: false });
    expect(preview.output).toMatch(/OrganizationConformancePackStatus gate replace/);
    await stack.deploy(program);
    expect(gateOf(front, await stack.resources())?.id).toBe(id);
  }
});
