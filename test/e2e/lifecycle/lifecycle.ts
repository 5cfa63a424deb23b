import fc from "fast-check";
import type { FailOn } from "../../../core/gate/gateArgs";

/** What AWS says of the pack in the first region: rows, or an error. In the other regions the pack is healthy. */
const worlds = ["healthy", "failed", "inProgress", "empty", "accessDenied", "serverError"] as const;
export type World = (typeof worlds)[number];

/** How a stack is gated. */
export interface Gating {
  readonly withPolicyPack: boolean;
  readonly failOn: FailOn;
  readonly waits: boolean;
}

/** The runs of the CLI. The targeted ones leave the dependent out, or the gate. */
export const runKinds = [
  "preview",
  "up",
  "previewAndUp",
  "upWithRefresh",
  "upContinuingOnError",
  "upOfTheGate",
  "upOfTheDependent",
  "refresh",
  "destroy",
  "upKilled",
  "upInterrupted",
] as const;
export type RunKind = (typeof runKinds)[number];

/** One run, and the world that it sees. */
export interface Step {
  readonly run: RunKind;
  readonly world: World;
  /** The world turns into this one when the run looks for the second time: in the update, or during a wait. */
  readonly then?: World;
}

/** The life of a stack: how it is gated, and what happens to it. */
export interface Lifecycle {
  readonly gating: Gating;
  readonly regions: readonly string[];
  readonly steps: readonly Step[];
}

const world = fc.oneof(
  { weight: 4, arbitrary: fc.constant<World>("healthy") },
  { weight: 5, arbitrary: fc.constantFrom<World>(...worlds) },
);

const step = fc.record<Step, "run" | "world">(
  {
    run: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom<RunKind>("up", "previewAndUp") },
      { weight: 2, arbitrary: fc.constantFrom(...runKinds) },
    ),
    world,
    then: world,
  },
  { requiredKeys: ["run", "world"] },
);

const lifecycles = fc.record<Lifecycle>({
  gating: fc.constantFrom<Gating>(
    { withPolicyPack: true, failOn: "never", waits: false },
    { withPolicyPack: false, failOn: "failed", waits: false },
    { withPolicyPack: false, failOn: "notPassed", waits: false },
    { withPolicyPack: true, failOn: "notPassed", waits: false },
    { withPolicyPack: false, failOn: "notPassed", waits: true },
    { withPolicyPack: true, failOn: "notPassed", waits: true },
  ),
  regions: fc.constantFrom(["us-east-1"], ["us-east-1", "eu-west-1"]),
  steps: fc.array(step, { minLength: 6, maxLength: 6 }),
});

/**
 * The lifecycle of a seed, always the same.
 *
 * @param length - The number of its first steps. Default: all six.
 */
export function lifecycleOf(seed: number, length?: number): Lifecycle {
  const [lifecycle] = fc.sample(lifecycles, { seed, numRuns: 1 });
  if (!lifecycle) throw new Error("fast-check made no lifecycle.");
  return { ...lifecycle, steps: lifecycle.steps.slice(0, length) };
}

/**
 * The lifecycles of `npm test`: the first three steps of four seeds. Between them, each kind of run is taken once, and
 * the kill and the Ctrl-C come while an update waits.
 */
export const shortLifecycles: readonly Lifecycle[] = [58_721, 25_354, 49_396, 56_018].map((seed) =>
  lifecycleOf(seed, 3),
);

/** True if a gate may open in `world`. */
export function mayOpen(world: World, { failOn, withPolicyPack }: Gating): boolean {
  switch (world) {
    case "healthy":
      return true;
    // The policy about a pack in progress is advisory; the one about an incomplete pack is mandatory.
    case "inProgress":
      return failOn !== "notPassed";
    case "empty":
      return failOn !== "notPassed" && !withPolicyPack;
    case "failed":
    case "accessDenied":
    case "serverError":
      return false;
  }
}
