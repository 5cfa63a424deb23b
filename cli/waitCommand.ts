import { Command, Option } from "commander";
import { allPacksName, NotSettledError } from "../core/errors";
import { waitChecks } from "../core/gate/gateChecks";
import type { WaitListener } from "../core/lookup/waitProgress";
import { waitForSettled } from "../core/lookup/waitForSettled";
import { statusFileOf } from "../core/statusFile/makeStatusFile";
import type { StatusFile } from "../core/statusFile/statusFile";
import type { PackStatus } from "../core/status/packStatus";
import { CommandError } from "./commandError";
import type { GlobalFlags } from "./globalFlags";
import { interrupted, interruptions } from "./interruptions";
import { callerOf, factsOf, failedFileOf, gather, type PackLookup } from "./lookUp";
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
    "Waits until AWS is done with a pack, then prints its status and exits by the verdict.",
  );
  return addVerdictFlags(addOutputFlags(addLookupFlags(command)))
    .addOption(
      new Option("--timeout <seconds>", "how long to wait")
        .default(1_800)
        .argParser(numberBy(waitChecks.timeoutSeconds)),
    )
    .addOption(
      new Option("--poll <seconds>", "the pause between two looks")
        .default(15)
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
      const files = await Promise.all(
        packs.map((pack, index) =>
          waitFor({ ...pack, phrase, settings, by: "wait", signal }, flags, {
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

/** The status file of a pack at the end of its wait; `undefined` when the wait was interrupted before anything was known. */
async function waitFor(
  lookup: PackLookup,
  { poll, timeout }: WaitFlags,
  listener: WaitListener,
): Promise<StatusFile | undefined> {
  const { args, settings, signal, tolerate } = lookup;
  const caller = callerOf(lookup);
  let last: PackStatus | undefined;
  try {
    last = await gather(lookup);
    const settled = await waitForSettled(args, last, {
      ...listener,
      timeoutSeconds: timeout,
      pollSeconds: poll,
      settings,
      tolerate,
      signal,
      onStatus: (status) => {
        last = status;
      },
    });
    return statusFileOf(settled, await factsOf(lookup, caller));
  } catch (error) {
    const isOver = signal?.aborted === true || error instanceof NotSettledError;
    if (isOver) return last && statusFileOf(last, await factsOf(lookup, caller), true);
    return failedFileOf(error, lookup, caller);
  }
}
