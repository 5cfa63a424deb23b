import type { CauseAccount } from "../../core/gate/causes";
import type { Changes, PackChanges } from "./changes";

/** The lists of accounts of a comparison, with their titles, in the order in which they matter. */
export function accountChanges(
  changes: PackChanges,
): readonly { readonly title: string; readonly accounts: readonly CauseAccount[] }[] {
  return [
    { title: "Failed since then", accounts: changes.failed },
    { title: "Missing since then", accounts: changes.missing },
    { title: "Still failing", accounts: changes.stillFailing },
    { title: "Healed", accounts: changes.healed },
    { title: "No longer a member", accounts: changes.gone },
    { title: "No longer failed or missing", accounts: changes.notInTrouble },
  ].filter(({ accounts }) => accounts.length > 0);
}

/** The lists of regions of a comparison, with their titles. */
export function regionChanges({
  regions,
}: PackChanges): readonly { readonly title: string; readonly regions: readonly string[] }[] {
  return [
    { title: "Regions that no longer answer", regions: regions.silent },
    { title: "Regions that answer again", regions: regions.answering },
    { title: "New regions", regions: regions.added },
    { title: "Regions no longer looked up", regions: regions.removed },
  ].filter(({ regions: names }) => names.length > 0);
}

/** The lists of packs of a comparison, with their titles. */
export function packListChanges({
  addedPacks,
  removedPacks,
}: Changes): readonly { readonly title: string; readonly names: readonly string[] }[] {
  return [
    { title: "New packs", names: addedPacks },
    { title: "Packs no longer looked up", names: removedPacks },
  ].filter(({ names }) => names.length > 0);
}

/** The sentence on a pack of which no account and no region is listed as changed. */
export function unchangedText({ verdict: { from, to } }: PackChanges): string {
  if (from === null || to === null) return "Nothing can be compared, because a lookup failed.";
  return "No account failed, healed or went missing, and no region changed.";
}
