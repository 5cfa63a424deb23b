import { load } from "js-yaml";
import { setTimeout as delay } from "node:timers/promises";
import type { YamlProgram } from "../../tools/localStack";
import { blocksOf, page } from "../docs/pages";
import { type GatedStack, packName, type Run } from "./gatedStack";
import { gateIn, pluginFunction, pluginStack, pluginType } from "./pluginStack";
import { processesBelow, rememberFamily, send } from "./processes";

// Programs of Pulumi's YAML, through its real language host.

jest.setTimeout(300_000);

/** A gate, and a stack output that is known once the gate is open. */
function yaml(args: object = {}): YamlProgram {
  return {
    resources: { gate: { type: pluginType, properties: { name: packName, ...args } } },
    outputs: { verdict: "${gate.verdict}", healthy: "${gate.counts.successful}" },
  };
}

const waiting = (others: object = {}): YamlProgram =>
  yaml({ waitForSettled: { pollSeconds: 0.3, timeoutSeconds: 120 }, ...others });

test("a YAML program is blocked by the policy pack, opens when the pack is healed, and then nothing changes", async () => {
  const stack = await pluginStack(yaml(), { packs: [{ name: packName, members: 250, failing: 3 }] });
  for (const run of [stack.preview, stack.up]) {
    const { output, succeeded } = await run();
    expect(succeeded).toBe(false);
    expect(output).toContain("us-east-1: 3 of 250 accounts failed.");
  }
  stack.emulator.setMembers(packName, { members: 250 });
  expect(await stack.up()).toMatchObject({ succeeded: true });
  expect(await stack.stack.outputs()).toMatchObject({ verdict: { value: "PASSED" }, healthy: { value: 250 } });
  expect(await stack.preview({ expectNoChanges: true })).toMatchObject({ succeeded: true });
  expect(await stack.destroy()).toMatchObject({ succeeded: true });
});

test("the program in docs/plugin.md runs as it is", async () => {
  const [program] = blocksOf(page("docs/plugin.md"))
    .filter(({ language }) => language === "yaml")
    .map(({ code }) => load(code) as Record<string, object>);
  const { outputs, resources } = program ?? {};
  const stack = await pluginStack(
    { resources: resources ?? {}, outputs: outputs ?? {} },
    { packs: [{ name: packName, members: 10 }] },
  );
  await stack.deploy();
  expect(await stack.stack.outputs()).toMatchObject({ verdict: { value: "PASSED" }, failed: { value: [] } });
});

test("the function gives a YAML program every row, and reports a mistake without a stack", async () => {
  const call = (args: object): YamlProgram => ({
    variables: { status: { "fn::invoke": { function: pluginFunction, arguments: args } } },
    outputs: { verdict: "${status.verdict}", members: "${status.members}", failed: "${status.failed[0].accountId}" },
  });
  const stack = await pluginStack(call({ name: packName }), {
    packs: [{ name: packName, members: 10, failing: 1 }],
  });
  await stack.deploy();
  expect(await stack.stack.outputs()).toMatchObject({
    verdict: { value: "FAILED" },
    failed: { value: "200005000015" },
    members: { value: { length: 10 } },
  });

  const refused = await stack.preview({ program: call({ name: "1-baseline" }) });
  expect(refused.succeeded).toBe(false);
  expect(refused.output).toMatch(/"1-baseline" is not an organization conformance pack's name/);
  expect(refused.output).not.toMatch(/^\s+at .*:\d+:\d+/m);
});

test("an update waits, shows its progress in the gate's row, each line once, and goes on", async () => {
  let isUpdating = false;
  let inProgress = 20;
  const stack = await pluginStack(waiting(), {
    packs: [{ name: packName, members: 20, inProgress }],
    onRequest: ({ input }) => {
      if (!isUpdating || input.Filters === undefined || inProgress === 0) return;
      inProgress -= 1;
      stack.emulator.setMembers(packName, { members: 20, inProgress });
    },
  });
  const preview = await stack.preview();
  expect(preview).toMatchObject({ succeeded: true });
  expect(preview.output).not.toContain("accounts done");

  isUpdating = true;
  const up = await stack.up();
  expect(up).toMatchObject({ succeeded: true });
  const shown = [...up.output.matchAll(/OrganizationConformancePackStatus gate .*?(\d+) of 20 accounts done/g)];
  const done = shown.map(([, count]) => Number(count));
  expect(new Set(done).size).toBeGreaterThan(2);
  expect(done).toContain(20);
  // When the row is complete, the display shows its last line once more.
  const rows = up.output.split("\n").filter((line) => / creating .*accounts done/.test(line));
  expect(rows).toHaveLength(new Set(done).size);
  expect(up.output).not.toMatch(/Diagnostics:[^]*accounts done/);
  expect((await stack.stack.outputs()).verdict?.value).toBe("PASSED");
  expect(await stack.preview({ expectNoChanges: true, withPolicyPack: false })).toMatchObject({ succeeded: true });
});

test("10,000 accounts that a wait left in progress are saved, and the run says why it was refused", async () => {
  const program = waiting({ waitForSettled: { pollSeconds: 0.3, timeoutSeconds: 1 } });
  const stack = await pluginStack(program, { packs: [{ name: packName, members: 10_000, inProgress: 10_000 }] });
  const { output, succeeded } = await stack.up();
  expect(succeeded).toBe(false);
  expect(output).toContain("has not settled within 1 second");
  expect(gateIn(await stack.resources())).toMatchObject({
    id: `${packName}@us-east-1`,
    outputs: { counts: { inProgress: 10_000 } },
  });
});

describe("while an update waits", () => {
  let stack: GatedStack;
  let run: Promise<Run>;
  let cli: number;
  let plugin: number;

  beforeEach(async () => {
    let polled: () => void = () => undefined;
    const firstPoll = new Promise<void>((resolve) => (polled = resolve));
    stack = await pluginStack(waiting(), {
      packs: [{ name: packName, members: 20, inProgress: 1 }],
      onRequest: ({ input }) => {
        if (input.Filters !== undefined) polled();
      },
    });
    run = stack.up();
    await firstPoll;
    cli = processesBelow(process.pid).find(({ args }) => /\sup\s/.test(args))?.pid ?? -1;
    const family = rememberFamily(cli);
    // The language host has one of its own, which it asks for the schema.
    const host = family.find(({ args }) => args.includes("pulumi-language-yaml"))?.pid ?? -1;
    const ofHost = new Set(processesBelow(host).map(({ pid }) => pid));
    plugin = family.find(({ args, pid }) => args.includes("plugin/main.js") && !ofHost.has(pid))?.pid ?? -1;
    expect([cli, plugin]).not.toContain(-1);
  });

  async function pendingOperations(): Promise<number> {
    const { deployment } = (await stack.stack.exportStack()) as { deployment: { pending_operations?: unknown[] } };
    return deployment.pending_operations?.length ?? 0;
  }

  test("Ctrl-C ends it within two seconds, saves what is known, and leaves nothing pending", async () => {
    const begin = performance.now();
    send(cli, "SIGINT");
    const { output, succeeded } = await run;
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(succeeded).toBe(false);
    expect(output).toContain("The wait was cancelled before the pack had settled.");
    expect(gateIn(await stack.resources())).toMatchObject({ outputs: { counts: { inProgress: 1 } } });
    expect(await pendingOperations()).toBe(0);
    stack.emulator.setMembers(packName, { members: 20 });
    await stack.deploy();
  });

  test("a killed engine ends the plugin at once, and the next run converges", async () => {
    send(cli, "SIGKILL");
    const begin = performance.now();
    while (send(plugin, 0) && performance.now() - begin < 5_000) await delay(20);
    expect(send(plugin, 0)).toBe(false);
    expect(performance.now() - begin).toBeLessThan(3_000);
    expect((await run).succeeded).toBe(false);
    await stack.stack.cancel();
    stack.emulator.setMembers(packName, { members: 20 });
    await stack.deploy();
    expect((await stack.resources()).filter(({ type }) => type === pluginType)).toHaveLength(1);
  });
});
