import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { dirname } from "node:path";
import type { PackStatusArgs } from "pulumi-org-conformance/core";
import { createLocalStack, type LocalStack, type LocalStackOptions } from "../tools/localStack";
import { askOnce, Child } from "./childProcess";
import type { PreviewAnswer, PreviewQuestion } from "./children/previewer";

/** A stack whose previews are measured, each in a process of its own: loading modules is part of what they cost. */
export interface MeasuredStack extends LocalStack {
  /** Answers with the milliseconds of one preview. */
  readonly preview: (
    program: PreviewQuestion["program"],
    args: PackStatusArgs,
    policyPacks: readonly string[],
    says?: string,
  ) => Promise<number>;
}

/**
 * Runs `use` with a stack that sees the emulator.
 *
 * @param program - What the stack itself runs, for example in `up`.
 */
export async function withStack<T>(
  pulumi: PulumiCommand,
  endpoint: string,
  program: LocalStackOptions["program"],
  use: (stack: MeasuredStack) => Promise<T>,
  options: Partial<LocalStackOptions> = {},
): Promise<T> {
  const local = await createLocalStack({ pulumi, endpoint, program, ...options });
  const { name: stackName, workspace } = local.stack;
  const projectName = (await workspace.projectSettings()).name;
  const stack: PreviewQuestion["stack"] = {
    stackName,
    projectName,
    workDir: workspace.workDir,
    pulumiHome: workspace.pulumiHome ?? "",
    environment: workspace.envVars,
    ...(pulumi.command !== "pulumi" && { pulumiRoot: dirname(dirname(pulumi.command)) }),
  };
  try {
    return await use({
      ...local,
      preview: async (program, args, policyPacks, says) => {
        const question: PreviewQuestion = { stack, program, args, policyPacks, ...(says !== undefined && { says }) };
        return (await askOnce(new Child<PreviewQuestion, PreviewAnswer>("previewer"), question)).milliseconds;
      },
    });
  } finally {
    await local.remove();
  }
}
