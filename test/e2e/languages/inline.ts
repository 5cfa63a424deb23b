import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { policyPack, repository } from "../../../tools/localStack";
import { executableOf, findPulumiCli } from "../../../tools/pulumi-cli/pulumiCli";
import { pythonWithSdk } from "../../../tools/python/python";
import type { GatedStack, Run } from "../gatedStack";

/** Runs `pulumi preview|up|destroy` of an example's program, with or without the policy pack. */
export type Operate = (operation: "preview" | "up" | "destroy", withPolicyPack: boolean) => Promise<Run>;

/** Runs the Python example through Pulumi's Automation API for Python, with the SDK from its wheel. */
export async function inPython(stack: GatedStack): Promise<Operate> {
  const folder = join(stack.folder, "python");
  await mkdir(folder);
  const { python } = await pythonWithSdk(folder);
  return operated(stack, python, join(__dirname, "inline.py"), join(repository, "examples", "python"));
}

/** Runs the Go example through Pulumi's Automation API for Go. */
export async function inGo(stack: GatedStack): Promise<Operate> {
  const folder = join(stack.folder, "go");
  const executable = join(folder, "inline");
  await cp(join(__dirname, "go"), folder, { recursive: true });
  await cp(join(repository, "examples", "go", "program.go"), join(folder, "program.go"));
  const goMod = await readFile(join(folder, "go.mod"), "utf8");
  await writeFile(join(folder, "go.mod"), goMod.replace("../../../../sdk/go", join(repository, "sdk", "go")));
  await promisify(execFile)("go", ["build", "-o", executable, "."], {
    cwd: folder,
    env: { ...process.env, GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off" },
  });
  return operated(stack, executable);
}

/** Each operation is a process of its own. */
function operated({ stack }: GatedStack, command: string, ...args: readonly string[]): Operate {
  return async (operation, withPolicyPack) => {
    const { envVars, pulumiHome = "", workDir } = stack.workspace;
    const cli = dirname(executableOf(await findPulumiCli()));
    return promisify(execFile)(command, [...args, operation, ...(withPolicyPack ? [policyPack] : [])], {
      cwd: workDir,
      env: {
        ...process.env,
        ...envVars,
        PATH: [cli, process.env.PATH].join(delimiter),
        PULUMI_HOME: pulumiHome,
        STACK: stack.name,
      },
    }).then(
      ({ stderr, stdout }) => ({ succeeded: true, output: stdout + stderr }),
      (error: unknown) => {
        const { stderr = "", stdout = "" } = error as { readonly stderr?: string; readonly stdout?: string };
        return { succeeded: false, output: stdout + stderr };
      },
    );
  };
}
