import { OrgConformanceError } from "../core/errors";
import { listingTolerance } from "../core/gate/decideListing";
import { decideAllPacks, type DecidedPack } from "../core/lookup/decideAllPacks";
import { statusFileOf } from "../core/statusFile/makeStatusFile";
import type { StatusFile } from "../core/statusFile/statusFile";
import { callerOf, factsOf, failedFileOf, type PackLookup } from "./lookUp";

/**
 * Looks up every pack that the caller sees, as a required pack with the name `*` does, and makes the status file of each. A
 * doubt about which packs there are is a file, too: that of a lookup that failed, or of regions that `unanswered` excuses.
 *
 * @param say - Shows what a person should know and no file holds: what `noSuchPack` excuses, exceptions that no pack
 *   needs, and names in `except` that match nothing.
 */
export async function lookUpAll(
  lookup: PackLookup,
  except: readonly string[] | undefined,
  say: (sentence: string) => void,
): Promise<readonly StatusFile[]> {
  const { args, settings, signal, tolerate } = lookup;
  const caller = callerOf(lookup);
  const fileOf = async ({ name, neededTolerance, outcome, regions }: DecidedPack): Promise<StatusFile> => {
    const own: PackLookup = { ...lookup, args: { ...args, name, regions }, neededTolerance };
    if (outcome instanceof OrgConformanceError) return failedFileOf(outcome, own, caller);
    return statusFileOf(outcome, await factsOf(own, caller));
  };
  try {
    const { listError, notices, packs, unlisted } = await decideAllPacks(
      { ...args, ...(except && { except }) },
      { settings, signal, tolerate },
    );
    for (const notice of notices) say(lookup.phrase(notice));
    const ofList: PackLookup = { ...lookup, tolerate: listingTolerance(tolerate) };
    return await Promise.all([
      // One file is about the list: an error says what passes, too.
      ...(listError
        ? [failedFileOf(listError, lookup, caller)]
        : unlisted
          ? [factsOf(ofList, caller).then((facts) => statusFileOf(unlisted, facts))]
          : []),
      ...packs.map(fileOf),
    ]);
  } catch (error) {
    return [await failedFileOf(error, lookup, caller)];
  }
}
