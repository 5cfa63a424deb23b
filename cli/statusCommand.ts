import { Command, Option } from "commander";
import { packStatusChecks } from "../core/status/packStatusChecks";
import type { GlobalFlags } from "./globalFlags";
import { addLookupFlags, type LookupFlags, numberBy, packsToLookUp } from "./lookupFlags";
import { addOutputFlags, type OutputFlags } from "./outputFlags";
import { writeOutputs } from "./outputs";
import { addVerdictFlags, exitCodeOfStatuses, type VerdictFlags } from "./verdictFlags";

interface StatusFlags extends LookupFlags, OutputFlags, VerdictFlags, GlobalFlags {
  readonly timeout?: number;
}

/** `status [NAME]`: looks packs up once, reports, and exits by the decision. */
export function statusCommand(end: (exitCode: number) => void): Command {
  const command = new Command("status").description("Looks a pack up, prints its status, and exits by the verdict.");
  return addVerdictFlags(addOutputFlags(addLookupFlags(command)))
    .addOption(
      new Option("--timeout <seconds>", "how long the lookup may take (default: 300)").argParser(
        numberBy(packStatusChecks.timeoutSeconds),
      ),
    )
    .action(async (name: string | undefined, _: unknown, self: Command) => {
      const { timeout, ...flags } = self.optsWithGlobals<StatusFlags>();
      const { packs, phrase, settings } = await packsToLookUp(name, flags);
      // Loaded only here, with the AWS SDK: other commands, and mistakes in the flags, do without.
      const { lookUp } = require("./lookUp") as typeof import("./lookUp");
      const files = await Promise.all(
        packs.map(({ args, tolerate }) => {
          const limited = { ...args, ...(timeout !== undefined && { timeoutSeconds: timeout }) };
          return lookUp({ args: limited, tolerate, phrase, settings, by: "commandLine" });
        }),
      );
      await writeOutputs(files, flags);
      end(exitCodeOfStatuses(files, flags));
    });
}
