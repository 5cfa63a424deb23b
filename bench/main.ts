import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findPulumiCli } from "../tools/pulumi-cli/pulumiCli";
import { allPacks } from "./cases/allPacks";
import { commandLine } from "./cases/commandLine";
import { gather } from "./cases/gather";
import { manyStacks } from "./cases/manyStacks";
import { memory } from "./cases/memory";
import { organizationalUnits } from "./cases/organizationalUnits";
import { overhead } from "./cases/overhead";
import { plugin } from "./cases/plugin";
import { preview } from "./cases/preview";
import { wholeProcess } from "./cases/process";
import { regions } from "./cases/regions";
import { reportPage } from "./cases/reportPage";
import { throttled } from "./cases/throttled";
import { unsuccessful } from "./cases/unsuccessful";
import { machine } from "./machine";
import { type BenchCase, type CaseResult, holds } from "./measurement";
import { resultsPage } from "./resultsPage";

const cases: Readonly<Record<string, BenchCase>> = {
  gather,
  process: wholeProcess,
  commandLine,
  unsuccessful,
  preview,
  overhead,
  plugin,
  memory,
  regions,
  throttled,
  allPacks,
  organizationalUnits,
  manyStacks,
  reportPage,
};

const usage = `Usage: npm run bench -- [options]

Measures the package and compares it with its limits. A whole run writes bench/RESULTS.md.

  --only A,B   only these cases, of ${Object.keys(cases).join(", ")}; nothing is written
  --quick      fewer runs of each; nothing is written
  --help       this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: Object.keys(cases).join(",") },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const chosen = values.only.split(",").map((name): [string, BenchCase] => {
    const run = Object.hasOwn(cases, name) ? cases[name] : undefined;
    if (!run) throw new RangeError(`--only: there is no case ${JSON.stringify(name)}.\n\n${usage}`);
    return [name, run];
  });
  const say = (message: string): void => {
    process.stderr.write(`${message}\n`);
  };
  const pulumi = await findPulumiCli(say);
  const measuredOn = await machine(pulumi);
  const runs = (full: number): number => (values.quick ? Math.ceil(full / 3) : full);

  const results: CaseResult[] = [];
  const failures: string[] = [];
  for (const [name, run] of chosen) {
    say(`Measuring ${name} …`);
    try {
      results.push(await run({ runs, pulumi }));
    } catch (error) {
      say(String(error instanceof Error ? error.stack : error));
      failures.push(`**${name} could not be measured.**`);
    }
  }
  const page = await resultsPage(results, failures, [
    ...measuredOn,
    ...(values.quick ? ["With `--quick`: a third of the runs"] : []),
  ]);
  process.stdout.write(page);
  if (!values.quick && chosen.length === Object.keys(cases).length) {
    await writeFile(join(__dirname, "RESULTS.md"), page);
  }
  const exceeded = results.flatMap(({ measurements }) => measurements).filter((measurement) => !holds(measurement));
  for (const { what } of exceeded) say(`Not within its limit: ${what}`);
  if (exceeded.length + failures.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
