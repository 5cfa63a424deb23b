import { Command } from "commander";
import { addLookupFlags, type LookupFlags, packsToLookUp } from "./lookupFlags";
import { lookUp } from "./lookUp";
import { addOutputFlags, type OutputFlags } from "./outputFlags";
import { addVerdictFlags, type VerdictFlags, exitCodeOfStatuses } from "./verdictFlags";
import { writeOutputs } from "./outputs";

/** `status [NAME]`: looks packs up once, reports, and exits by the decision. */
export function statusCommand(end: (exitCode: number) => void): Command {
  const command = new Command("status").description("Looks a pack up, prints its status, and exits by the verdict.");
  return addVerdictFlags(addOutputFlags(addLookupFlags(command))).action(
    async (name: string | undefined, flags: LookupFlags & OutputFlags & VerdictFlags) => {
      const { packs, settings } = await packsToLookUp(name, flags);
      const files = await Promise.all(packs.map((pack) => lookUp({ ...pack, settings, by: "commandLine" })));
      await writeOutputs(files, flags);
      end(exitCodeOfStatuses(files, flags));
    },
  );
}
