import { spawn } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { repository } from "../../tools/localStack";
import { executableOf, findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { rememberFamily } from "./processes";

/**
 * Runs the CLI with an inline program in a process of its own: an engine that is killed takes the process of its program
 * along.
 *
 * @param run - What `runner.cjs` reads.
 * @param onStart - Is given that process.
 */
export async function separateRun(
  run: object,
  onStart: (pid: number) => void = () => undefined,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const bin = dirname(executableOf(await findPulumiCli()));
  const child = spawn(process.execPath, [join(__dirname, "runner.cjs")], {
    cwd: repository,
    env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), RUN: JSON.stringify(run) },
    stdio: "pipe",
  });
  const pid = child.pid ?? -1;
  rememberFamily(pid);
  onStart(pid);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}
