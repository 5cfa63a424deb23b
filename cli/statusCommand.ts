import { Command, Option } from "commander";
import { allPacksName } from "../core/errors";
import { packStatusChecks } from "../core/status/packStatusChecks";
import { exitCodes } from "../core/statusFile/exitCodes";
import { listOf } from "./awsFlags";
import type { GlobalFlags } from "./globalFlags";
import { addLookupFlags, type LookupFlags, numberBy, type PacksToLookUp, packsToLookUp, refusal } from "./lookupFlags";
import { addOutputFlags, type OutputFlags } from "./outputFlags";
import { writeOutputs } from "./outputs";
import { addVerdictFlags, exitCodeOfStatuses, type VerdictFlags } from "./verdictFlags";

interface StatusFlags extends LookupFlags, OutputFlags, VerdictFlags, GlobalFlags {
  readonly all?: boolean;
  readonly except?: readonly string[];
  readonly timeout?: number;
}

/** `status [NAME]`: looks packs up once, reports, and exits with the code of the decision. */
export function statusCommand(end: (exitCode: number) => void): Command {
  const command = new Command("status").description(
    "Looks a pack up, prints its status, and exits with the code of the decision.",
  );
  return addVerdictFlags(addOutputFlags(addLookupFlags(command)))
    .option("--all", "look up every pack that you see, instead of one")
    .addOption(
      new Option("--except <names>", "with --all: packs that are not looked up, separated by commas").argParser(
        listOf(packStatusChecks.name),
      ),
    )
    .addOption(
      new Option("--timeout <seconds>", "how long the lookup of a pack may take (default: 300)").argParser(
        numberBy(packStatusChecks.timeoutSeconds),
      ),
    )
    .action(async (name: string | undefined, _: unknown, self: Command) => {
      const { timeout, ...flags } = self.optsWithGlobals<StatusFlags>();
      const { packs, phrase, settings } = await packsOf(name, flags);
      const say = (sentence: string): void => {
        if (!flags.quiet) process.stderr.write(`${sentence}\n`);
      };
      // Loaded only here, with the AWS SDK: other commands, and mistakes in the flags, do without.
      const { lookUp } = require("./lookUp") as typeof import("./lookUp");
      const looked = await Promise.all(
        packs.map(async ({ args, except, tolerate }) => {
          const limited = { ...args, ...(timeout !== undefined && { timeoutSeconds: timeout }) };
          const lookup = { args: limited, tolerate, phrase, settings, by: "commandLine" } as const;
          if (args.name !== allPacksName) return [await lookUp(lookup)];
          const { lookUpAll } = require("./lookUpAll") as typeof import("./lookUpAll");
          return lookUpAll(lookup, except, say);
        }),
      );
      const files = looked.flat();
      await writeOutputs(files, flags);
      // Where nothing was looked up, nothing has passed.
      end(files.length === 0 ? exitCodes.notLookedUp : exitCodeOfStatuses(files, flags));
    });
}

async function packsOf(name: string | undefined, flags: StatusFlags): Promise<PacksToLookUp> {
  const { all, config, except } = flags;
  if (!all) {
    if (except) throw refusal("--except goes with --all only.");
    return packsToLookUp(name, flags);
  }
  if (name !== undefined) throw refusal("--all stands for every pack: leave the name out.");
  if (config !== undefined) throw refusal('--all does not go with --config: name the pack "*" in the file.');
  const { packs, ...rest } = await packsToLookUp(allPacksName, flags);
  return { ...rest, packs: packs.map((pack) => ({ ...pack, except })) };
}
