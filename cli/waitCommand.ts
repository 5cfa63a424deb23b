import { Command, Option } from "commander";
import { allPacksName } from "../core/errors";
import { waitDefaults } from "../core/gate/gateArgs";
import { waitChecks } from "../core/gate/gateChecks";
import { CommandError } from "./commandError";
import type { GlobalFlags } from "./globalFlags";
import { interrupted, interruptions } from "./interruptions";
import { addLookupFlags, type LookupFlags, numberBy, packsToLookUp, refusal } from "./lookupFlags";
import { addOutputFlags, type OutputFlags } from "./outputFlags";
import { writeOutputs } from "./outputs";
import { progressDisplay } from "./progressDisplay";
import { addVerdictFlags, exitCodeOfStatuses, type VerdictFlags } from "./verdictFlags";

interface WaitFlags extends LookupFlags, OutputFlags, VerdictFlags, GlobalFlags {
  readonly timeout: number;
  readonly poll: number;
}

/** `wait [NAME]`: looks until AWS is done with the packs, then reports and exits as `status` does. */
export function waitCommand(end: (exitCode: number) => void): Command {
  const command = new Command("wait").description(
    "Waits until AWS is done with a pack, then prints its status and exits with the code of the decision.",
  );
  return addVerdictFlags(addOutputFlags(addLookupFlags(command)))
    .addOption(
      new Option("--timeout <seconds>", "how long to wait")
        .default(waitDefaults.timeoutSeconds)
        .argParser(numberBy(waitChecks.timeoutSeconds)),
    )
    .addOption(
      new Option("--poll <seconds>", "seconds between two polls")
        .default(waitDefaults.pollSeconds)
        .argParser(numberBy(waitChecks.pollSeconds)),
    )
    .action(async (name: string | undefined, _: unknown, self: Command) => {
      const flags = self.optsWithGlobals<WaitFlags>();
      const { packs, phrase, settings } = await packsToLookUp(name, flags);
      if (packs.some(({ args }) => args.name === allPacksName)) {
        throw refusal(
          'wait waits for packs by name, and the configuration names "*": give the name of one of its packs.',
        );
      }
      const { release, signal } = interruptions();
      const display = await progressDisplay(flags);
      // Loaded only here, with the AWS SDK.
      const { waitFor } = require("./waitFor") as typeof import("./waitFor");
      const limits = { timeoutSeconds: flags.timeout, pollSeconds: flags.poll };
      const files = await Promise.all(
        packs.map((pack, index) =>
          waitFor({ ...pack, phrase, settings, by: "commandLine", signal }, limits, {
            onProgress: (progress) => {
              display.show(index, progress);
            },
            onTrouble: (sentence) => {
              display.say(sentence);
            },
          }),
        ),
      ).finally(() => {
        display.stop();
      });
      release();
      const known = files.filter((file) => file !== undefined);
      if (signal.aborted && known.length === 0) {
        throw new CommandError("Interrupted before anything was known.", interrupted);
      }
      await writeOutputs(known, flags);
      end(signal.aborted ? interrupted : exitCodeOfStatuses(known, flags));
    });
}
