import type { AwsSettings } from "../../core/aws/settings";
import { OrgConformanceError } from "../../core/errors";
import type { RequiredPack } from "../../core/gate/requiredPacks";

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
    const byName = new Map<string, string[]>();
    for (const answer of found) {
      if (!("packs" in answer)) continue;
      for (const { name, region } of answer.packs) byName.set(name, [...(byName.get(name) ?? []), region]);
    }
    return {
      packs: [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, where]) => requiredPack(name, where, others)),
      problems: found.flatMap((answer) => ("error" in answer ? [answer.error.message] : [])),
    };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    return { packs: [], problems: [error.message] };
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
