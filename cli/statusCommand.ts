import { Command, Option } from "commander";
import { allPacksName } from "../core/errors";
import { packStatusChecks } from "../core/status/packStatusChecks";
import { exitCodes } from "../core/statusFile/exitCodes";
import { listOf } from "./awsFlags";
import type { GlobalFlags } from "./globalFlags";
import { addLookupFlags, type LookupFlags, type PacksToLookUp, packsToLookUp, refusal } from "./lookupFlags";
import { lookUp } from "./lookUp";
import { lookUpAll } from "./lookUpAll";
import { addOutputFlags, type OutputFlags } from "./outputFlags";
import { addVerdictFlags, type VerdictFlags, exitCodeOfStatuses } from "./verdictFlags";
import { writeOutputs } from "./outputs";

interface StatusFlags extends LookupFlags, OutputFlags, VerdictFlags, GlobalFlags {
  readonly all?: boolean;
  readonly except?: readonly string[];
}

/** `status [NAME]`: looks packs up once, reports, and exits by the decision. */
export function statusCommand(end: (exitCode: number) => void): Command {
  const command = new Command("status").description("Looks a pack up, prints its status, and exits by the verdict.");
  return addVerdictFlags(addOutputFlags(addLookupFlags(command)))
    .option("--all", "look up every pack that you see, in the place of one")
    .addOption(
      new Option("--except <names>", "with --all: packs that are not looked up, separated by commas").argParser(
        listOf(packStatusChecks.name),
      ),
    )
    .action(async (name: string | undefined, _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<StatusFlags>();
      const { packs, phrase, settings } = await packsOf(name, flags);
      const say = (sentence: string): void => {
        if (!flags.quiet) process.stderr.write(`${sentence}\n`);
      };
      const files = await Promise.all(
        packs.map(async ({ except, ...pack }) => {
          const lookup = { ...pack, phrase, settings, by: "commandLine" } as const;
          return pack.args.name === allPacksName ? lookUpAll(lookup, except, say) : [await lookUp(lookup)];
        }),
      );
      await writeOutputs(files.flat(), flags);
      // Where nothing was looked up, nothing has passed.
      end(files.flat().length === 0 ? exitCodes.notLookedUp : exitCodeOfStatuses(files.flat(), flags));
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
