import { CommandError, type Stack } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Emulator, type EmulatorOptions, startEmulator } from "pulumi-org-conformance/testing";
import {
  createLocalStack,
  type LocalStack,
  type LocalStackOptions,
  policyPack,
  type StateResource,
  writeProject,
} from "../../tools/localStack";
import { findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";

/** What a run of the CLI printed, and whether it succeeded. */
export interface Run {
  readonly succeeded: boolean;
  readonly output: string;
}

/** A stack of the real engine, the emulator that it looks at, and how it is run. */
export interface GatedStack extends LocalStack {
  readonly emulator: Emulator;
  readonly preview: (options?: RunOptions) => Promise<Run>;
  readonly up: (options?: RunOptions) => Promise<Run>;
  /** Takes the stack to where a test begins, without policies. What fails here fails the test. */
  readonly deploy: (program?: LocalStackOptions["program"]) => Promise<void>;
  readonly refresh: () => Promise<Run>;
  readonly destroy: () => Promise<Run>;
  readonly resources: () => Promise<readonly StateResource[]>;
  readonly close: () => Promise<void>;
}

/** How one run differs from `pulumi preview|up --policy-pack …`. */
export interface RunOptions {
  readonly withPolicyPack?: boolean;
  /** Instead of the package's own: the folder of a policy pack. */
  readonly policyPack?: string;
  /** What `--policy-pack-config` names, by policy. */
  readonly policyConfig?: Readonly<Record<string, unknown>>;
  readonly diff?: boolean;
  readonly expectNoChanges?: boolean;
  readonly target?: string[];
  /** Gets what the CLI prints to its standard error, which `output` leaves out. */
  readonly onError?: (text: string) => void;
  /** Instead of the stack's own; of the same kind. */
  readonly program?: LocalStackOptions["program"];
}

export const packName = "security-baseline";
export const statusType = "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";
export const dependentType = "org-conformance:test:Service";

/** What the gate protects. */
export class Service extends pulumi.ComponentResource {
  public constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super(dependentType, name, {}, opts);
    this.registerOutputs({});
  }
}

/** For programs that call AWS themselves: they run in this process, whose environment has no credentials. */
export const credentialsInConfig = {
  "aws:accessKey": { value: "AKIAEMULATED", secret: true },
  "aws:secretKey": { value: "emulated-secret", secret: true },
};

const open: GatedStack[] = [];
let cli: ReturnType<typeof findPulumiCli> | undefined;

afterEach(async () => {
  await Promise.all(open.splice(0).map((stack) => stack.close()));
});

/** Starts an emulator and creates a stack that sees it. The end of the test closes both. */
export async function gatedStack(
  program: LocalStackOptions["program"],
  emulated: EmulatorOptions,
  options: Partial<LocalStackOptions> = {},
): Promise<GatedStack> {
  const emulator = await startEmulator(emulated);
  const local = await createLocalStack({
    pulumi: await (cli ??= findPulumiCli()),
    endpoint: emulator.endpoint,
    program,
    ...options,
  });
  const stack = withoutSummary(local.stack);
  const optionsOf = async ({
    policyConfig,
    policyPack: pack = policyPack,
    program: given,
    withPolicyPack = true,
    ...run
  }: RunOptions) => {
    const configFile = join(local.folder, "policy-config.json");
    if (typeof given === "object") await writeProject(stack.workspace.workDir, { ...options, program: given });
    if (policyConfig) await writeFile(configFile, JSON.stringify(policyConfig));
    return {
      ...run,
      ...(typeof given === "function" && { program: given }),
      policyPacks: withPolicyPack ? [pack] : [],
      ...(policyConfig && { policyPackConfigs: [configFile] }),
    };
  };
  const gated: GatedStack = {
    ...local,
    stack,
    emulator,
    preview: (run = {}) => capture(async (onOutput) => stack.preview({ ...(await optionsOf(run)), onOutput })),
    up: (run = {}) => capture(async (onOutput) => stack.up({ ...(await optionsOf(run)), onOutput })),
    deploy: async (given) => {
      await stack.up(await optionsOf({ withPolicyPack: false, ...(given && { program: given }) }));
    },
    refresh: () => capture((onOutput) => stack.refresh({ onOutput })),
    destroy: () => capture((onOutput) => stack.destroy({ onOutput })),
    resources: async () => (await local.savedState()).resources ?? [],
    close: async () => {
      await local.remove();
      await emulator.stop();
    },
  };
  open.push(gated);
  return gated;
}

/** The status resource of a state. */
export function statusIn(resources: readonly StateResource[]): StateResource | undefined {
  return resourceOfType(resources, statusType);
}

/** The resource of a type, when a state has it. */
export function resourceOfType(resources: readonly StateResource[], type: string): StateResource | undefined {
  return resources.find((resource) => resource.type === type);
}

/**
 * The stack, whose operations end when the engine ends. The Automation API would start the CLI once to thrice more, for
 * outputs and history: a quarter of the time of an update.
 */
function withoutSummary(stack: Stack): Stack {
  const asked: Stack = Object.assign(derived(stack), {
    outputs: () => Promise.resolve({}),
    info: () => Promise.resolve(),
  });
  return Object.assign(derived(stack), {
    up: asked.up.bind(asked),
    refresh: asked.refresh.bind(asked),
    destroy: asked.destroy.bind(asked),
  });
}

function derived(stack: Stack): Stack {
  return Object.create(stack) as Stack;
}

/** Waits until a status is of an earlier run: policies allow two clocks to differ by a second. */
export function untilLater(): Promise<void> {
  return delay(1_200);
}

async function capture(run: (onOutput: (text: string) => void) => Promise<unknown>): Promise<Run> {
  let output = "";
  const succeeded = await run((text) => (output += text)).then(
    () => true,
    (error: unknown) => {
      // Its message repeats all that was printed; anything else is a failure of the test.
      if (!(error instanceof CommandError)) throw error;
      return false;
    },
  );
  return { succeeded, output };
}
