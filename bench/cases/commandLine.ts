import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { compiledChildren, environment } from "../childProcess";
import { withEmulator } from "../emulatorProcess";
import { packName } from "../gathering";
import { type BenchCase, expectThat } from "../measurement";
import { alternate, medianRatio, spread } from "../pairs";

const [members, failing] = [250, 3];
const command = join(__dirname, "..", "..", "dist", "cli", "main.js");

/** The time until the command line prints its first line, compared with a bare script that asks the same. */
export const commandLine: BenchCase = async ({ runs }) => {
  const turns = runs(15);
  const packs = [{ name: packName, members, failing }];
  const times = await withEmulator({ packs }, ({ endpoint }) =>
    alternate(turns, {
      command: () => untilFirstLine([command, "status", packName, "--endpoint-url", endpoint], /^FAILED .*3 of 250/),
      script: () => untilFirstLine([join(compiledChildren, "statusScript.js"), endpoint, packName], /^\[250,3,1,/),
      rowsAlone: () => untilFirstLine([join(compiledChildren, "paginatorScript.js"), endpoint, packName], /^\[250,3\]/),
    }),
  );
  return {
    measurements: [
      {
        what: "`status` of 250 accounts until its first line, to a script with the AWS SDK's clients and the same requests",
        unit: "ratio",
        value: medianRatio(times.command, times.script),
        limit: { most: 1.3 },
        runs: turns,
        detail: `${spread(times.command)} to ${spread(times.script)}`,
      },
      {
        what: "The same, to a script that asks for the rows alone",
        unit: "ratio",
        value: medianRatio(times.command, times.rowsAlone),
        runs: turns,
        detail: `${spread(times.command)} to ${spread(times.rowsAlone)}`,
      },
    ],
    notes: [
      "Both read the rows and then the aggregate, and ask who is calling. The command also checks, judges and reports them.",
    ],
  };
};

async function untilFirstLine(args: readonly string[], expected: RegExp): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env: environment, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  let milliseconds = NaN;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (Number.isNaN(milliseconds) && output.includes("\n")) milliseconds = performance.now() - started;
  });
  await once(child, "close");
  expectThat(expected.test(output), `${args[0] ?? ""} reports right: ${output.slice(0, 200)}`);
  return milliseconds;
}
