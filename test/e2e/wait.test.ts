import { dynamicFront, type Front, gateAndService, gateOf, testOnOneFront } from "./fronts";
import { dependentType, packName, resourceOfType } from "./gatedStack";

const waiting = (front: Front, args: object = {}) =>
  gateAndService(front, { waitForSettled: { pollSeconds: 0.3, timeoutSeconds: 60 }, ...args });

const progress = /\) (\d+) of 20 accounts done, (\d+) failed: pack "security-baseline"/g;
const waits = "The pack has not settled yet: the update waits for it and judges it then (waitForSettled).";

test("a preview does not wait and says so; the update waits, shows its progress, and goes on", async () => {
  let isUpdating = false;
  let inProgress = 20;
  const stack = await dynamicFront.start(waiting(dynamicFront), {
    packs: [{ name: packName, members: 20, inProgress }],
    // By the requests, not by the clock: a preview may take long. While it waits, it asks for what is unfinished.
    onRequest: ({ input }) => {
      if (!isUpdating || input.Filters === undefined || inProgress === 0) return;
      inProgress -= 1;
      stack.emulator.setMembers(packName, { members: 20, inProgress });
    },
  });
  const preview = await stack.preview();
  expect(preview).toMatchObject({ succeeded: true });
  expect(preview.output).toContain(waits);
  expect(preview.output).not.toMatch(progress);

  isUpdating = true;
  const up = await stack.up();
  expect(up).toMatchObject({ succeeded: true });
  const shown = [...up.output.matchAll(progress)].map(([, done]) => Number(done));
  expect(new Set(shown).size).toBeGreaterThan(2);
  expect(shown).toContain(20);
  // Each line once: not again under "Diagnostics", when the run is over.
  expect(up.output.match(/accounts done/g)).toHaveLength(new Set(shown).size);
  // How the pack was before the wait is no news.
  expect(up.output).not.toContain(waits);
  expect(up.output).not.toContain("in progress");
  expect((await stack.stack.outputs()).verdict?.value).toBe("PASSED");
  expect((await stack.stack.outputs()).counts?.value).toMatchObject({ inProgress: 0 });
  expect(resourceOfType(await stack.resources(), dependentType)).toBeDefined();
  // It has settled, so nothing is left to wait for.
  expect(await stack.preview({ expectNoChanges: true })).toMatchObject({ succeeded: true });
});

testOnOneFront(
  "a pack that settles in a failure stops the update before its dependents, and the next run judges again",
  async (front) => {
    const stack = await front.start(waiting(front), {
      packs: [{ name: packName, members: 20, inProgress: 2 }],
      // Only a wait asks for what is unfinished, by a filter.
      onRequest: ({ input }) => {
        if (input.Filters !== undefined) stack.emulator.setMembers(packName, { members: 20, failing: 2 });
      },
    });
    const failed = await stack.up();
    expect(failed.succeeded).toBe(false);
    expect(failed.output).toContain("2 of 20 accounts failed.");
    expect(failed.output).toMatch(
      /NoAvailableConfigurationRecorderException \(CREATE_FAILED\), 2 accounts, since .*: \d{12}, \d{12}/,
    );
    expect(failed.output).not.toMatch(/^\s+at /m);
    const resources = await stack.resources();
    expect(resourceOfType(resources, dependentType)).toBeUndefined();
    // What was found is kept, so that nothing is created twice.
    expect(gateOf(front, resources)).toMatchObject({ id: `${packName}@us-east-1`, outputs: { verdict: "FAILED" } });

    // It has settled, so the preview judges it now.
    const preview = await stack.preview();
    expect(preview.succeeded).toBe(false);
    expect(preview.output).toContain("2 of 20 accounts failed.");

    stack.emulator.setMembers(packName, { members: 20 });
    expect(await stack.up()).toMatchObject({ succeeded: true });
    expect((await stack.stack.outputs()).verdict?.value).toBe("PASSED");
    expect(resourceOfType(await stack.resources(), dependentType)).toBeDefined();
  },
);

testOnOneFront(
  "a wait that times out names the accounts still in progress and since when, and saves what it found",
  async (front) => {
    const args = { waitForSettled: { pollSeconds: 0.3, timeoutSeconds: 2 }, stuckAfterMinutes: 0.001 };
    const stack = await front.start(waiting(front, args), {
      packs: [{ name: packName, members: 20, inProgress: 2, failing: 1 }],
    });
    const { output, succeeded } = await stack.up();
    expect(succeeded).toBe(false);
    expect(output).toContain(`Pack "${packName}" in us-east-1 has not settled within 2 seconds.`);
    expect(output).toMatch(/Stuck \(CREATE_IN_PROGRESS\), 2 accounts, since \d{4}-.* UTC: \d{12}, \d{12}/);
    expect(output).toContain("raise waitForSettled.timeoutSeconds");
    const resources = await stack.resources();
    expect(resourceOfType(resources, dependentType)).toBeUndefined();
    expect(gateOf(front, resources)).toMatchObject({
      outputs: { counts: { inProgress: 2, failed: 1 }, stuckGroups: [{ accountIds: { "us-east-1": { length: 2 } } }] },
    });

    stack.emulator.setMembers(packName, { members: 20 });
    await stack.deploy();
    // Nothing was orphaned: there is one status resource, and it goes.
    expect(await stack.destroy()).toMatchObject({ succeeded: true });
    expect(await stack.resources()).toHaveLength(0);
  },
);

testOnOneFront("failOn never waits too, and its dependents go on", async (front) => {
  const emulated = { packs: [{ name: packName, members: 20, failing: 2, rolloutMs: 3_000 }] };
  const stack = await front.start(waiting(front, { failOn: "never" }), emulated);
  await stack.deploy();
  expect((await stack.stack.outputs()).verdict?.value).toBe("FAILED");
  expect(resourceOfType(await stack.resources(), dependentType)).toBeDefined();
});
