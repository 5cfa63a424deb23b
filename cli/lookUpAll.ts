import { OrgConformanceError } from "../core/errors";
import { decideListing, listingError, listingTolerance } from "../core/gate/decideListing";
import { toleranceOfEach } from "../core/gate/toleranceOfEach";
import { type AllPacks, lookUpAllPacks } from "../core/lookup/lookUpAllPacks";
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
  const ofList: PackLookup = { ...lookup, tolerate: listingTolerance(tolerate) };
  try {
    const { packs, problems, unusedExcept } = await lookUpAllPacks(
      { ...args, ...(except && { except }) },
      { settings, signal, tolerate },
    );
    const listing = decideListing(problems, tolerate);
    for (const sentence of listing.notices) say(sentence);
    for (const unused of unusedExcept) say(`There is no pack "${unused}" to except.`);
    const error = listingError(listing, tolerate);
    const { unlisted } = listing;
    const tolerance = toleranceOfEach(
      tolerate,
      packs.map(({ outcome }) => outcome),
      problems,
    );
    for (const sentence of tolerance.unused) say(sentence);
    const fileOf = async ({ name, outcome, regions }: AllPacks["packs"][number]): Promise<StatusFile> => {
      const own: PackLookup = { ...lookup, args: { ...args, name, regions } };
      if (outcome instanceof OrgConformanceError) return failedFileOf(outcome, own, caller);
      return statusFileOf(outcome, await factsOf({ ...own, neededTolerance: tolerance.of(outcome) }, caller));
    };
    return await Promise.all([
      // One file is about the list: an error says what passes, too.
      ...(error
        ? [failedFileOf(error, lookup, caller)]
        : unlisted
          ? [factsOf(ofList, caller).then((facts) => statusFileOf(unlisted, facts))]
          : []),
      ...packs.map(fileOf),
    ]);
  } catch (error) {
    return [await failedFileOf(error, lookup, caller)];
  }
}
