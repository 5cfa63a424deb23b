import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import type { PackStatusArgs } from "pulumi-org-conformance/core";
import { policyPack } from "../../tools/localStack";
import { withEmulator } from "../emulatorProcess";
import { type Bench, type BenchCase, expectThat, type Measurement } from "../measurement";
import { alternate, medianDifference, medianRatio, spread } from "../pairs";
import { type MeasuredStack, withStack } from "../previewing";

/** A pack of each size, and one with failures. */
const packs = [
  { name: "small", members: 100 },
  { name: "large", members: 10_000 },
  { name: "failing", members: 10_000, failing: 20 },
];

/**
 * What many accounts cost in a preview, with the resource and the policy pack on the real engine, and in state. The
 * stacks exist: a preview compares with the state, which is the more work.
 */
export const preview: BenchCase = async (bench) => ({
  measurements: [...(await times(bench)), ...(await sizes(bench))],
});

async function times({ pulumi, runs }: Bench): Promise<Measurement[]> {
  const turns = runs(7);
  const unsuccessfulOnly: PackStatusArgs = { name: "large", detail: "unsuccessful" };
  const bySize = await withEmulator({ packs }, ({ endpoint }) =>
    withGate(pulumi, endpoint, { name: "small" }, (small) =>
      withGate(pulumi, endpoint, { name: "large" }, (large) =>
        alternate(turns, {
          large: () => large.preview("resource", { name: "large" }, [policyPack]),
          small: () => small.preview("resource", { name: "small" }, [policyPack]),
        }),
      ),
    ),
  );
  const byDetail = await withEmulator({ packs, latencyMs: 20 }, ({ endpoint }) =>
    withGate(pulumi, endpoint, { name: "large" }, (all) =>
      withGate(pulumi, endpoint, unsuccessfulOnly, (unsuccessful) =>
        alternate(turns, {
          all: () => all.preview("resource", { name: "large" }, [policyPack]),
          unsuccessful: () => unsuccessful.preview("resource", unsuccessfulOnly, [policyPack]),
        }),
      ),
    ),
  );
  return [
    {
      what: "Preview with the resource and the policy pack: 10,000 accounts to 100, at 0 ms a request",
      unit: "ratio",
      value: medianRatio(bySize.large, bySize.small),
      limit: { most: 1.3 },
      runs: turns,
      detail: `${spread(bySize.large)} to ${spread(bySize.small)}`,
    },
    {
      what: 'The same, 10,000 accounts at 20 ms a request: all rows, more than `detail: "unsuccessful"`',
      unit: "seconds",
      value: medianDifference(byDetail.all, byDetail.unsuccessful) / 1_000,
      runs: turns,
      detail: `${spread(byDetail.all)}, ${spread(byDetail.unsuccessful)}`,
    },
  ];
}

/** Of the whole resource in the exported state, as JSON without white space. */
async function sizes({ pulumi }: Bench): Promise<Measurement[]> {
  const sizeOf = (endpoint: string, args: PackStatusArgs): Promise<number> =>
    withGate(pulumi, endpoint, args, async ({ stack }) => JSON.stringify(gateIn(await stack.exportStack())).length);
  return withEmulator({ packs }, async ({ endpoint }) => {
    const all = await sizeOf(endpoint, { name: "failing" });
    const unsuccessful = await sizeOf(endpoint, { name: "failing", detail: "unsuccessful" });
    return [
      {
        what: "State of a gate of 10,000 accounts of which 20 failed, all rows: bytes an account",
        unit: "bytes",
        value: all / 10_000,
        limit: { most: 120 },
        runs: 1,
        detail: `${all.toLocaleString("en")} bytes in all`,
      },
      {
        what: 'The same with `detail: "unsuccessful"`: bytes in all',
        unit: "bytes",
        value: unsuccessful,
        limit: { most: 20_000 },
        runs: 1,
        detail: "",
      },
    ];
  });
}

/** Runs `use` with a stack that has the gate, and nothing else. */
function withGate<T>(
  pulumi: Bench["pulumi"],
  endpoint: string,
  args: PackStatusArgs,
  use: (stack: MeasuredStack) => Promise<T>,
): Promise<T> {
  const program = (): Promise<void> => {
    new OrganizationConformancePackStatus("gate", args);
    return Promise.resolve();
  };
  return withStack(pulumi, endpoint, program, async (local) => {
    await up(local.stack);
    return use(local);
  });
}

/** Without a policy pack: failures must come into state. */
async function up(stack: Stack): Promise<void> {
  await stack.up({ onOutput: () => undefined });
}

function gateIn(state: Deployment): unknown {
  const { resources = [] } = state.deployment as { resources?: readonly { readonly type: string }[] };
  const gate = resources.find(({ type }) => type.endsWith(":OrganizationConformancePackStatus"));
  expectThat(gate !== undefined, "the state has the gate");
  return gate;
}
