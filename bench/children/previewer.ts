import { CustomResource } from "@pulumi/pulumi";
import { CommandError, LocalWorkspace, PulumiCommand, type PulumiFn } from "@pulumi/pulumi/automation";
import { performance } from "node:perf_hooks";
import type { PackStatusArgs } from "pulumi-org-conformance/core";
import { PluginGate } from "./pluginGate";
import { serve } from "./serve";

/** One run of a program by the real engine. */
export interface PreviewQuestion {
  /** A stack that exists. */
  readonly stack: {
    readonly stackName: string;
    readonly projectName: string;
    readonly workDir: string;
    readonly pulumiHome: string;
    readonly environment: Readonly<Record<string, string>>;
    /** The folder of the Pulumi CLI, unless it is on PATH. */
    readonly pulumiRoot?: string;
  };
  readonly program: "empty" | "function" | "nothing" | "plugin" | "resource";
  readonly args: PackStatusArgs;
  readonly policyPacks: readonly string[];
  /** For a preview that a policy blocks: what it says. */
  readonly says?: string;
}

/** The time of the preview alone: neither of this process's start nor of selecting the stack. */
export interface PreviewAnswer {
  readonly milliseconds: number;
}

serve(async ({ args, policyPacks, program, says, stack }: PreviewQuestion): Promise<PreviewAnswer> => {
  const { environment, projectName, pulumiHome, pulumiRoot, stackName, workDir } = stack;
  const selected = await LocalWorkspace.selectStack(
    { stackName, projectName, program: programs[program](args) },
    {
      workDir,
      pulumiHome,
      envVars: environment,
      pulumiCommand: await PulumiCommand.get(pulumiRoot === undefined ? {} : { root: pulumiRoot }),
    },
  );
  let output = "";
  const started = performance.now();
  try {
    await selected.preview({ policyPacks: [...policyPacks], onOutput: (text) => (output += text) });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (says === undefined || !output.includes(says)) {
      throw new Error(`The preview failed:\n${output}`, { cause: error });
    }
    return { milliseconds: performance.now() - started };
  }
  if (says !== undefined) throw new Error(`The preview was not blocked:\n${output}`);
  return { milliseconds: performance.now() - started };
});

const programs: Readonly<Record<PreviewQuestion["program"], (args: PackStatusArgs) => PulumiFn>> = {
  empty: () => () => Promise.resolve({}),
  function: (args) => async () => {
    const { getOrganizationConformancePackStatus } = loadPackage();
    const { counts, verdict } = await getOrganizationConformancePackStatus(args);
    return { counts, verdict };
  },
  nothing: () => () => {
    new Nothing("gate");
    return Promise.resolve({});
  },
  plugin: (args) => () => {
    const { counts, verdict } = new PluginGate("gate", { ...args });
    return Promise.resolve({ counts, verdict });
  },
  resource: (args) => () => {
    const { OrganizationConformancePackStatus } = loadPackage();
    const { counts, members, verdict } = new OrganizationConformancePackStatus("gate", args);
    return Promise.resolve({ counts, verdict, rows: members.apply((rows) => rows.length) });
  },
};

/** A dynamic resource whose provider does nothing: what Pulumi's own host costs. */
class Nothing extends CustomResource {
  constructor(name: string) {
    const __provider = "exports.handler = () => ({ check: async (_, inputs) => ({ inputs, failures: [] }) });";
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { __provider });
  }
}

/** While the program runs, as a program's `import` does: it is part of the preview. */
function loadPackage(): typeof import("pulumi-org-conformance") {
  return require("pulumi-org-conformance") as typeof import("pulumi-org-conformance");
}
