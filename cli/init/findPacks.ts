import type { AwsSettings } from "../../core/aws/settings";
import { OrgConformanceError } from "../../core/errors";
import type { RequiredPack } from "../../core/gate/requiredPacks";
import type { RegionPacks } from "../../core/lookup/regionPacks";

/** The packs to require, and what could not be found out. */
export interface FoundPacks {
  readonly packs: readonly RequiredPack[];
  readonly problems: readonly string[];
}

/** Finds the packs that the caller sees, each with the regions in which it is. */
export async function findPacks(
  settings: AwsSettings,
  given: readonly string[] | undefined,
  others: Pick<RequiredPack, "assumeRole" | "ownerTag">,
): Promise<FoundPacks> {
  // Loaded only here, with the AWS SDK.
  const { lookupRegions } =
    require("../../core/lookup/lookupRegions") as typeof import("../../core/lookup/lookupRegions");
  const { packsInRegions } = require("../../core/lookup/regionPacks") as typeof import("../../core/lookup/regionPacks");
  try {
    const regions = await lookupRegions({ name: "", ...(given && { regions: given }) }, settings);
    const found = await packsInRegions(settings, regions);
    const names = new Set(found.flatMap((answer) => ("packs" in answer ? answer.packs.map(({ name }) => name) : [])));
    // A region that could not be read may have each of the packs: to leave it out would gate nothing there.
    const placesOf = (name: string): string[] =>
      found.flatMap((answer) =>
        "error" in answer || answer.packs.some((pack) => pack.name === name) ? [answer.region] : [],
      );
    return {
      packs: [...names].sort().map((name) => requiredPack(name, placesOf(name), others)),
      problems: found.flatMap((answer) => [...remarksOn(answer, names.size)]),
    };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    return { packs: [], problems: [error.message] };
  }
}

/** @param packs - The number of packs that were found in all regions. */
function* remarksOn(answer: RegionPacks, packs: number): Generator<string> {
  const { region } = answer;
  if ("error" in answer) {
    yield answer.error.message;
    if (packs > 0)
      yield `${region} could not be read. Each pack is required there, too: remove it from regions where it is not.`;
  } else if (answer.packs.length === 0 && packs > 0) {
    yield `The caller sees no pack in ${region}, so none is required there.`;
  }
}

/** A pack as it is first required: no account may be missing, and a rollout blocks no one unless it is stuck. */
export function requiredPack(
  name: string,
  regions: readonly string[] | undefined,
  { assumeRole, ownerTag }: Pick<RequiredPack, "assumeRole" | "ownerTag">,
): RequiredPack {
  return {
    name,
    ...(regions && { regions }),
    expectedAccounts: "organization",
    stuckAfterMinutes: 60,
    ...(ownerTag !== undefined && { ownerTag }),
    ...(assumeRole && { assumeRole }),
    tolerate: { inProgress: "warn" },
  };
}
