import { dependentType, packName, resourceOfType, Service } from "./gatedStack";
import { gateIn, PluginGate, pluginStack } from "./pluginStack";

const failing = { name: packName, members: 250, failing: 3 };

const gateAndService =
  (args: object = {}) =>
  () => {
    const gate = new PluginGate("gate", { name: packName, ...args });
    new Service("api", { dependsOn: gate });
    return Promise.resolve({ verdict: gate.verdict, counts: gate.counts, failedGroups: gate.failedGroups });
  };

test("a failing pack blocks with the policy pack; healed, it opens, and then nothing changes", async () => {
  const stack = await pluginStack(gateAndService(), { packs: [failing] });
  for (const run of [stack.preview, stack.up]) {
    const { output, succeeded } = await run();
    expect(succeeded).toBe(false);
    expect(output).toContain("us-east-1: 3 of 250 accounts failed.");
  }
  expect(resourceOfType(await stack.resources(), dependentType)).toBeUndefined();
  stack.emulator.setMembers(packName, { members: 250 });
  const up = await stack.up();
  expect(up).toMatchObject({ succeeded: true });
  expect(gateIn(await stack.resources())).toMatchObject({
    id: `${packName}@us-east-1`,
    outputs: { verdict: "PASSED" },
  });
  const same = await stack.preview({ expectNoChanges: true });
  expect(same).toMatchObject({ succeeded: true });
  expect((await stack.destroy()).succeeded).toBe(true);
});
