import { Command } from "commander";
import { exitCodes, worstExitCode } from "../core/statusFile/exitCodes";
import type { StatusFile } from "../core/statusFile/statusFile";
import { sanitize } from "../core/text/sanitize";
import { noResult, noResultNextStep } from "../report/noResult";
import { isRedacted } from "../report/redact";
import { CommandError } from "./commandError";
import type { GlobalFlags } from "./globalFlags";
import { addOutputFlags, type OutputFlags } from "./outputFlags";
import { writeOutputs } from "./outputs";
import type { SavedStatuses } from "./pulumiOutput";

interface ReportFlags extends OutputFlags, GlobalFlags {
  readonly exitCode?: boolean;
  readonly previous?: string;
}

/** `report FILE|DIR|-`: renders saved statuses. It asks AWS nothing. */
export function reportCommand(end: (exitCode: number) => void): Command {
  const command = new Command("report")
    .description(
      "Renders saved statuses: status files, the folder of a run, the output of pulumi preview --json, pulumi stack export or --event-log. Asks AWS nothing.",
    )
    .argument("<file...>", "files and folders; - is stdin");
  return addOutputFlags(command)
    .option("--exit-code", "exit with the code of the decision, as status does")
    .option("--previous <file>", "an earlier status file, or folder: markdown and html show what has changed since")
    .action(async (paths: readonly string[], _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<ReportFlags>();
      const read = await readAll(paths);
      if (!flags.quiet) for (const remark of read.remarks) process.stderr.write(`${remark}\n`);
      // What can't be read may be what keeps the gate closed: then there is no result, rather than half of one.
      await writeOutputs(read.problems.length > 0 ? [] : read.files, flags, await previousOf(flags));
      if (read.problems.length > 0) throw new CommandError(read.problems.join("\n"), exitCodes.notLookedUp);
      if (read.files.length === 0)
        throw new CommandError(`No status was found. ${noResult}\nNext: ${noResultNextStep}`, exitCodes.notLookedUp);
      end(flags.exitCode ? worstExitCode(read.files.map(({ exitCode }) => exitCode)) : exitCodes.passed);
    });
}

/** The statuses to compare with. If they can't be read, stderr says so, and the report is written without them. */
async function previousOf({ previous }: ReportFlags): Promise<readonly StatusFile[] | undefined> {
  if (previous === undefined) return undefined;
  const { files, problems } = await readAll([previous]);
  if (files.some(isRedacted)) {
    process.stderr.write(
      `Nothing is compared: ${sanitize(previous, 200)} is redacted, so its accounts can't be told apart.\n`,
    );
    return undefined;
  }
  if (problems.length === 0 && files.length > 0) return files;
  const why = problems.length > 0 ? problems.join("\n") : `${sanitize(previous, 200)}: There is no status in it.`;
  process.stderr.write(`Nothing is compared: the previous status can't be read.\n${why}\n`);
  return undefined;
}

/** The statuses of all paths; each problem is one of a path. */
async function readAll(paths: readonly string[]): Promise<SavedStatuses> {
  // Loaded only here, with what reads the states of gates.
  const { readSavedStatuses } = require("./savedStatuses") as typeof import("./savedStatuses");
  const all: SavedStatuses[] = [];
  for (const path of paths) {
    all.push(
      await readSavedStatuses(path).catch((error: unknown): SavedStatuses => {
        if (!(error instanceof CommandError)) throw error;
        return { files: [], remarks: [], problems: [error.message] };
      }),
    );
  }
  return {
    files: all.flatMap(({ files }) => files),
    remarks: [...new Set(all.flatMap(({ remarks }) => remarks))],
    problems: all.flatMap(({ problems }) => problems),
  };
}
