import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { EmulatedRequest } from "pulumi-org-conformance/testing";
import { policyPack } from "../../tools/localStack";
import { everyCase } from "../everyCase";
import {
  dependentType,
  type GatedStack,
  gatedStack,
  packName,
  resourceOfType,
  statusIn,
  statusType,
} from "./gatedStack";
import { processesBelow, rememberFamily, send } from "./processes";
import { separateRun } from "./separateRun";

const settled = { members: 20 };
const unsettled = { members: 20, inProgress: 1 };

/** The processes of a run, by what they do. */
const targets = {
  cli: /\sup\s/,
  provider: /dynamic-provider/,
  policy: /run-policy-pack/,
} as const;
type Target = keyof typeof targets;

/** When a process is killed; each is the moment of a request, which then waits for its answer. */
const stages = {
  "right after the wait began": ({ input }: EmulatedRequest) => input.Filters !== undefined,
  "in the middle of a later poll": ({ input }: EmulatedRequest) => input.Filters !== undefined,
  "after the last row turned": ({ input, operation }: EmulatedRequest) =>
    operation === "GetOrganizationConformancePackDetailedStatus" && input.Filters === undefined,
} as const;
type Stage = keyof typeof stages;
const someStages: readonly Stage[] = everyCase ? (Object.keys(stages) as Stage[]) : ["in the middle of a later poll"];
const allTargets = Object.keys(targets) as Target[];

// Each kill is a run, and each run is waited for.
jest.setTimeout(300_000);

let stack: GatedStack;
/** Is given each request before it is answered. */
let onRequest: (request: EmulatedRequest) => void = () => undefined;

beforeEach(async () => {
  onRequest = () => undefined;
  stack = await gatedStack(() => Promise.resolve({}), {
    packs: [{ name: packName, ...unsettled }],
    onRequest: (request) => {
      onRequest(request);
    },
  });
});

describe.each(allTargets)("the process of the %s, killed", (target) => {
  test(`${someStages.join(", ")}: the next run goes on, and converges`, async () => {
    for (const stage of someStages) {
      const { output, succeeded } = await killedRun(target, stage);
      expect({ stage, succeeded, output }).toMatchObject({ stage, succeeded: false });
      if (target === "cli") await expectSilence();
      await expectNothingLost();
    }
    await expectConvergence();
    if (target !== "cli") return;
    // What the engine remembers of a killed run is a warning until it is cleared, and nothing else.
    expect(await pendingOperations()).toBe(someStages.length);
    await stack.stack.refresh({ clearPendingCreates: true });
    expect(await pendingOperations()).toBe(0);
  });
});

test.each<Target>(everyCase ? allTargets : ["cli"])(
  "the process of the %s, killed in an update of what is deployed: that stays in state",
  async (target) => {
    stack.emulator.setMembers(packName, settled);
    expect(await up()).toMatchObject({ succeeded: true });
    const before = await stack.resources();
    expect(before.map(({ type }) => type)).toEqual(expect.arrayContaining([statusType, dependentType]));

    const { output, succeeded } = await killedRun(target, "right after the wait began");
    expect({ succeeded, output }).toMatchObject({ succeeded: false });
    if (target === "cli") await expectSilence();
    if (locks().length > 0) await stack.stack.cancel();
    const after = await stack.resources();
    expect(after.map(({ id, urn }) => [urn, id])).toEqual(before.map(({ id, urn }) => [urn, id]));
    expect(statusIn(after)?.outputs).toMatchObject({ counts: { total: 20 } });
    await expectConvergence();
  },
);

test("Ctrl-C once lets the wait end and goes no further; twice ends the run at once; the next run converges", async () => {
  const once = up();
  await firstPoll();
  const { cli } = processes();
  send(cli, "SIGINT");
  await delay(1_000);
  expect(isAlive(cli)).toBe(true);
  stack.emulator.setMembers(packName, settled);
  const interrupted = await once;
  expect(interrupted.output).toContain("^C received; cancelling");
  expect(interrupted.succeeded).toBe(false);
  // It ended in order: there is no lock, and what the wait found is kept.
  expect(locks()).toEqual([]);
  expect((await stack.resources()).filter(({ type }) => type === statusType)).toMatchObject([
    { outputs: { verdict: "PASSED" } },
  ]);
  await expectNothingLost();

  stack.emulator.setMembers(packName, unsettled);
  const twice = up();
  await firstPoll();
  const again = processes();
  send(again.cli, "SIGINT");
  await delay(500);
  const begin = Date.now();
  send(again.cli, "SIGINT");
  expect((await twice).succeeded).toBe(false);
  expect(Date.now() - begin).toBeLessThan(20_000);
  await expectSilence();
  await expectNothingLost();
  await stack.stack.refresh({ clearPendingCreates: true });
  expect(await pendingOperations()).toBe(0);
  await expectConvergence();
});

interface Ended {
  readonly succeeded: boolean;
  readonly output: string;
}

/** `pulumi up --policy-pack …`, and what it printed. */
async function up(): Promise<Ended> {
  const { envVars, pulumiHome, workDir } = stack.stack.workspace;
  const { code, output } = await separateRun({
    front: "dynamic",
    command: "up",
    options: {},
    args: { name: packName, waitForSettled: { pollSeconds: 0.2, timeoutSeconds: 120 } },
    dependentType,
    policyPacks: [policyPack],
    workspace: { envVars, pulumiHome, workDir },
  });
  return { succeeded: code === 0, output };
}

/** A run, one of whose processes is killed at a stage. */
async function killedRun(target: Target, stage: Stage) {
  let polls = 0;
  let isKilled = false;
  stack.emulator.setMembers(packName, unsettled);
  onRequest = (request) => {
    if (request.input.Filters !== undefined) polls += 1;
    if (stage === "after the last row turned" && polls === 1) stack.emulator.setMembers(packName, settled);
    if (isKilled || polls === 0 || !stages[stage](request)) return;
    // A poll reads each unsuccessful status at the same time.
    if (stage === "in the middle of a later poll" && polls < 15) return;
    isKilled = true;
    send(processes()[target], "SIGKILL");
    // The engine learns of it when it asks a policy again: after the wait.
    if (target === "policy") stack.emulator.setMembers(packName, settled);
  };
  const ended = await up();
  onRequest = () => undefined;
  expect({ isKilled, ...ended }).toMatchObject({ isKilled: true });
  return ended;
}

async function firstPoll(): Promise<void> {
  await new Promise<void>((resolve) => {
    onRequest = ({ input }) => {
      if (input.Filters !== undefined) resolve();
    };
  });
  onRequest = () => undefined;
}

/** Nobody would learn what a provider finds whose engine is gone. */
async function expectSilence(): Promise<void> {
  const { requests } = stack.emulator;
  let before = -1;
  for (let tries = 0; requests.length !== before; tries += 1) {
    expect(tries).toBeLessThan(10);
    before = requests.length;
    await delay(1_500);
  }
}

/** What must hold after a run that was killed, and the lock is cleared as the README says. */
async function expectNothingLost(): Promise<void> {
  if (locks().length > 0) await stack.stack.cancel();
  expect(locks()).toEqual([]);
  const resources = await stack.resources();
  expect(resources.filter(({ type }) => type === statusType).length).toBeLessThanOrEqual(1);
  expect(resourceOfType(resources, dependentType)).toBeUndefined();
}

async function expectConvergence(): Promise<void> {
  stack.emulator.setMembers(packName, settled);
  const { output, succeeded } = await up();
  expect({ succeeded, output: succeeded ? "" : output }).toEqual({ succeeded: true, output: "" });
  const resources = await stack.resources();
  expect(resources.filter(({ type }) => type === statusType)).toMatchObject([{ outputs: { verdict: "PASSED" } }]);
  expect(resourceOfType(resources, dependentType)).toBeDefined();
}

async function pendingOperations(): Promise<number> {
  return (await stack.savedState()).pending_operations?.length ?? 0;
}

/** The pids of the run's processes: the CLI is below this process, the others are below it. */
function processes(): Record<Target, number> {
  const cli = processesBelow(process.pid).find(({ args }) => targets.cli.test(args))?.pid ?? -1;
  const children = rememberFamily(cli);
  const pidOf = (target: Target): number => children.find(({ args }) => targets[target].test(args))?.pid ?? -1;
  const found = { cli, provider: pidOf("provider"), policy: pidOf("policy") };
  expect(Object.values(found)).not.toContain(-1);
  return found;
}

function isAlive(pid: number): boolean {
  return send(pid, 0);
}

/** The locks that the file backend holds. */
function locks(): string[] {
  const folder = join(stack.folder, "backend", ".pulumi", "locks");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
}
