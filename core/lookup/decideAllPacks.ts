import { OrgConformanceError, type PackListError } from "../errors";
import { decideListing, listingError } from "../gate/decideListing";
import type { Tolerance } from "../gate/tolerance";
import { toleranceOfEach } from "../gate/toleranceOfEach";
import type { PackStatus } from "../status/packStatus";
import type { GatherOptions } from "./gatherOptions";
import { type AllPacksArgs, type LookedUpPack, lookUpAllPacks } from "./lookUpAllPacks";

/** All packs that the caller sees, as a gate judges them: each pack, and the list itself. */
export interface DecidedPacks {
  readonly packs: readonly DecidedPack[];
  /** The doubts about the list that keep the gate closed. */
  readonly listError?: PackListError | undefined;
  /** The regions whose packs are not known, as a status, where `unanswered` excuses them. */
  readonly unlisted?: PackStatus | undefined;
  /** Sentences: what `noSuchPack` excuses in the list, exceptions that no pack needs, names in `except` without a pack. */
  readonly notices: readonly string[];
}

/** One of the packs. */
export interface DecidedPack extends LookedUpPack {
  /** The exceptions without those that only other packs need. */
  readonly neededTolerance?: Tolerance | undefined;
}

/**
 * Looks up every pack that the caller sees, and applies the exceptions to the list.
 *
 * @throws As `lookUpAllPacks` does.
 */
export async function decideAllPacks(args: AllPacksArgs, options: GatherOptions): Promise<DecidedPacks> {
  const { tolerate } = options;
  const { packs, problems, unusedExcept } = await lookUpAllPacks(args, options);
  const listing = decideListing(problems, tolerate);
  const tolerance = toleranceOfEach(
    tolerate,
    packs.map(({ outcome }) => outcome),
    problems,
  );
  return {
    packs: packs.map((pack) =>
      pack.outcome instanceof OrgConformanceError ? pack : { ...pack, neededTolerance: tolerance.of(pack.outcome) },
    ),
    listError: listingError(listing, tolerate),
    unlisted: listing.unlisted,
    notices: [
      ...listing.notices,
      ...tolerance.unused,
      ...unusedExcept.map((name) => `There is no pack "${name}" to except. Remove it from except.`),
    ],
  };
}
