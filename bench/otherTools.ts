import { runCommand } from "./childProcess";

/** A tool that the package is compared with. */
export interface OtherTool {
  readonly version: string;
  readonly command: readonly [string, ...string[]];
}

/** Those that are installed. The interpreter is called itself: a version manager's script in front of it takes time. */
export async function otherTools(): Promise<{ readonly boto3?: OtherTool; readonly awsCli?: OtherTool }> {
  const python = await firstLine("python3", ["-c", "import sys; print(sys.executable)"]);
  const boto3 = python && (await firstLine(python, ["-c", "import boto3; print(boto3.__version__)"]));
  const cliModule = python && (await firstLine(python, ["-c", "import awscli; print('aws-cli', awscli.__version__)"]));
  const cli = await firstLine("aws", ["--version"]);
  return {
    ...(python && boto3 && { boto3: { version: boto3, command: [python] } }),
    ...(python && cliModule
      ? { awsCli: { version: cliModule, command: [python, "-m", "awscli"] } }
      : cli && { awsCli: { version: cli, command: ["aws"] } }),
  };
}

/** `undefined` when the command cannot be run. */
async function firstLine(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { output } = await runCommand(command, args, "ignore");
    return output.trim().split("\n")[0] || undefined;
  } catch {
    return undefined;
  }
}
