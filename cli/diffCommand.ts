import { Command, Option } from "commander";
import { oneOf } from "../core/checks/check";
import { exitCodes } from "../core/statusFile/exitCodes";
import type { StatusFile } from "../core/statusFile/statusFile";
import type { Changes } from "../report/diff/changes";
import { checkedBy } from "./awsFlags";
import { CommandError } from "./commandError";
import type { GlobalFlags } from "./globalFlags";
import { writeToStdout } from "./stdout";

/** The form of the JSON: `schemas/changes.schema.json` describes it. */
const [changesKind, changesVersion] = ["OrganizationConformancePackChanges", 1] as const;

const renderings = {
  text: (changes: Changes) =>
    (require("../report/diff/changesText") as typeof import("../report/diff/changesText")).changesText(changes),
  markdown: (changes: Changes) =>
    (require("../report/diff/changesMarkdown") as typeof import("../report/diff/changesMarkdown")).changesMarkdown(
      changes,
    ),
  json: (changes: Changes) =>
    `${JSON.stringify({ kind: changesKind, schemaVersion: changesVersion, ...changes }, undefined, 2)}\n`,
} as const;

interface DiffFlags {
  readonly output: keyof typeof renderings;
  readonly redact?: boolean;
}

/** `diff OLD NEW`: what changed between two saved statuses. It asks AWS nothing. */
export function diffCommand(end: (exitCode: number) => void): Command {
  const formats = Object.keys(renderings);
  return new Command("diff")
    .description("Shows what changed between two saved statuses. Asks AWS nothing.")
    .argument("<old>", "a status file, or the folder of a run")
    .argument("<new>", "the later one; - is stdin")
    .addOption(
      new Option("-o, --output <format>", `what stdout gets: ${formats.join(", ")}`)
        .default("text")
        .argParser(checkedBy(oneOf(formats))),
    )
    .option("--redact", "shorten account ids and leave names out")
    .action(async (oldPath: string, newPath: string, _: unknown, self: Command) => {
      const { quiet = false, ...flags } = self.optsWithGlobals<DiffFlags & GlobalFlags>();
      const [before, now] = [await read(oldPath, quiet), await read(newPath, quiet)];
      const { changesOf } = require("../report/diff/changes") as typeof import("../report/diff/changes");
      const { redact } = require("../report/redact") as typeof import("../report/redact");
      // Together, so that an account has the same short id in both.
      const shown = flags.redact ? redact([...before, ...now]) : [...before, ...now];
      const changes = changesOf(shown.slice(0, before.length), shown.slice(before.length));
      await writeToStdout(renderings[flags.output](changes));
      end(exitCodes.passed);
    });
}

/** @throws `CommandError`, also when there is none. */
async function read(path: string, isQuiet: boolean): Promise<readonly StatusFile[]> {
  // Loaded only here, with what reads the states of gates.
  const { inputName, readSavedStatuses } = require("./savedStatuses") as typeof import("./savedStatuses");
  const { files, problems, remarks } = await readSavedStatuses(path);
  const shown = inputName(path);
  if (!isQuiet) for (const remark of remarks) process.stderr.write(`${shown}: ${remark}\n`);
  if (problems.length > 0) throw new CommandError(problems.join("\n"), exitCodes.notLookedUp);
  if (files.length === 0) throw new CommandError(`${shown}: There is no status in it.`, exitCodes.notLookedUp);
  return files;
}
