import { Command, Option } from "commander";
import { oneOf } from "../core/checks/check";
import type { RegionPacks } from "../core/lookup/regionPacks";
import { exitCodeOfError, worstExitCode } from "../core/statusFile/exitCodes";
import { sanitize } from "../core/text/sanitize";
import { addAwsFlags, type AwsFlags, awsSettingsOf, checkedBy } from "./awsFlags";
import { writeToStdout } from "./stdout";

const packFormats = ["text", "json", "jsonl"] as const;

interface PacksFlags extends AwsFlags {
  readonly output: (typeof packFormats)[number];
}

/** `packs`: lists the packs that the caller sees, with AWS's status of each. */
export function packsCommand(end: (exitCode: number) => void): Command {
  return addAwsFlags(
    new Command("packs").description("Lists the organization conformance packs that you see in each region."),
  )
    .addOption(
      new Option("-o, --output <format>", `what stdout gets: ${packFormats.join(", ")}`)
        .default("text")
        .argParser(checkedBy(oneOf(packFormats))),
    )
    .action(async ({ output, region, ...flags }: PacksFlags) => {
      const settings = awsSettingsOf(flags);
      // Loaded only here, with the AWS SDK.
      const { lookupRegions } =
        require("../core/lookup/lookupRegions") as typeof import("../core/lookup/lookupRegions");
      const { packsInRegions } = require("../core/lookup/regionPacks") as typeof import("../core/lookup/regionPacks");
      // The name is only for the error when there is no region.
      const regions = await lookupRegions({ name: "", ...(region && { regions: region }) }, settings);
      const found = await packsInRegions(settings, regions);
      await writeToStdout(rendered(found, output));
      const errors = found.flatMap((answer) => ("error" in answer ? [answer.error] : []));
      for (const { message } of errors) process.stderr.write(`${message}\n`);
      end(worstExitCode(errors.map(exitCodeOfError)));
    });
}

function rendered(found: readonly RegionPacks[], format: PacksFlags["output"]): string {
  const packs = found.flatMap((answer) => ("packs" in answer ? answer.packs : []));
  if (format === "json") return `${JSON.stringify(packs, undefined, 2)}\n`;
  if (format === "jsonl") return packs.map((pack) => `${JSON.stringify(pack)}\n`).join("");
  const rows = found.flatMap((answer) => [...rowsOf(answer)]);
  return table([["REGION", "PACK", "AWS SAYS", "SINCE"], ...rows]);
}

function* rowsOf(answer: RegionPacks): Generator<readonly string[]> {
  if ("error" in answer) {
    yield [answer.region, "not read: see below"];
    return;
  }
  if (answer.packs.length === 0) yield [answer.region, "no packs visible"];
  for (const { errorCode, lastUpdateTime = "", name, region, status = "nothing" } of answer.packs) {
    const code = errorCode === undefined ? "" : ` (${sanitize(errorCode, 100)})`;
    yield [region, sanitize(name, 128), `${sanitize(status, 80)}${code}`, lastUpdateTime.slice(0, 10)];
  }
}

/** Columns as wide as their widest cell; names, words and dates have no wide characters. */
function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const widths = rows[0]?.map((_, column) => width(column)) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
