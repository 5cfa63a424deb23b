import { type Deployed, type Ended, Front, type FrontName } from "./front";
import { type Lifecycle, lifecycleOf, mayOpen, runKinds, shortLifecycles, type Step } from "./lifecycle";

// `SEEDS=5,6,7` or `SEEDS=1-300` lives others, each in full.
const { SEEDS } = process.env;
const lives: readonly [what: string, lifecycle: Lifecycle][] =
  SEEDS === undefined
    ? shortLifecycles.map((lifecycle) => [lifecycle.steps.map(({ run }) => run).join(", "), lifecycle])
    : seedsOf(SEEDS).map((seed) => [`seed ${String(seed)}`, lifecycleOf(seed)]);
const fronts: readonly FrontName[] = ["dynamic", "plugin"];

jest.setTimeout(600_000);

const open: Front[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((front) => front.close()));
});

test("the short lifecycles take each kind of run", () => {
  const taken = shortLifecycles.flatMap(({ steps }) => steps.map(({ run }) => run));
  expect([...new Set(taken)].sort()).toEqual([...runKinds].sort());
});

test.each(lives)(
  "lifecycle of %s: no dependent changes under a bad pack, both fronts decide alike, and the next run converges",
  async (_what, lifecycle) => {
    const stacks = await Promise.all(fronts.map((name) => Front.start(name, lifecycle)));
    open.push(...stacks);
    // What a killed or interrupted run leaves behind depends on the moment.
    let isAlike = true;
    for (const [index, step] of lifecycle.steps.entries()) {
      const taken = await Promise.all(stacks.map((front) => take(front, step)));
      for (const each of taken) expectInOrder(each, step, lifecycle);
      if (isInterruption(step)) isAlike = false;
      else if (isAlike) expectAlike(taken, index);
    }
    const ends = await Promise.all(stacks.map(async (front) => [front, await front.converge()] as const));
    for (const [front, runs] of ends) {
      expect({ front: front.name, failed: runs.filter(({ succeeded }) => !succeeded) }).toEqual({
        front: front.name,
        failed: [],
      });
      expect(await front.deployed()).toEqual({ verdict: "PASSED", dependent: front.generation, pendingOperations: 0 });
    }
  },
);

interface Taken extends Ended {
  readonly front: FrontName;
  readonly generation: number;
  readonly before: Deployed;
  readonly after: Deployed;
}

async function take(front: Front, step: Step): Promise<Taken> {
  const before = await front.deployed();
  const ended = await front.take(step);
  return { ...ended, front: front.name, generation: front.generation, before, after: await front.deployed() };
}

function expectInOrder({ after, before, seen, ...taken }: Taken, step: Step, { gating }: Lifecycle): void {
  const about = { ...taken, seen, step, gating, before, after };
  const hasChanged = after.dependent !== before.dependent;
  const [lastSeen] = seen.slice(-1);
  // A run that leaves the gate out does not look: to the policies, the status is that of an earlier run.
  if (step.run === "upOfTheDependent" && gating.withPolicyPack)
    expect({ ...about, hasChanged }).toMatchObject({ hasChanged: false });
  if (hasChanged && step.run !== "destroy" && step.run !== "upOfTheDependent") {
    expect({ ...about, mayOpen: lastSeen !== undefined && mayOpen(lastSeen, gating) }).toMatchObject({ mayOpen: true });
  }
  if (step.run === "preview" || step.run === "refresh")
    expect({ ...about, hasChanged }).toMatchObject({ hasChanged: false });
  const isWhole = ["up", "previewAndUp", "upWithRefresh", "upContinuingOnError"].includes(step.run);
  if (isWhole && seen.every((world) => world === "healthy")) {
    expect(about).toMatchObject({ succeeded: true, after: { verdict: "PASSED", dependent: taken.generation } });
  }
}

function expectAlike(taken: readonly Taken[], index: number): void {
  const decided = taken.map(({ after, seen, succeeded }) => ({
    succeeded,
    // How often a wait looks depends on the machine: only the changes count.
    seen: seen.filter((world, look) => world !== seen[look - 1]),
    verdict: after.verdict,
    dependent: after.dependent,
  }));
  for (const each of decided.slice(1)) {
    expect({ index, ...each, outputs: taken.map(({ output }) => output) }).toMatchObject({ index, ...decided[0] });
  }
}

function isInterruption({ run }: Step): boolean {
  return run === "upKilled" || run === "upInterrupted";
}

function seedsOf(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [first = 0, last = first] = part.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
