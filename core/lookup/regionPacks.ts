import { listActions, type ListedPack, listPacks } from "../aws/packList";
import { createConfigClient } from "../aws/configClient";
import type { AwsSettings } from "../aws/settings";
import type { OrgConformanceError } from "../errors";
import { diagnosisOf } from "./diagnosis";
import { LookupSignals } from "./lookupSignals";
import { mapConcurrently } from "./mapConcurrently";
import { withClient } from "./question";

/** The packs that a caller sees in a region, or the reason that they are not known. */
export type RegionPacks =
  | { readonly region: string; readonly packs: readonly ListedPack[] }
  | { readonly region: string; readonly error: OrgConformanceError };

const timeoutSeconds = 60;

/** Lists the organization conformance packs that the caller sees in each of these regions. */
export async function packsInRegions(
  settings: AwsSettings,
  regions: readonly string[],
): Promise<readonly RegionPacks[]> {
  const signals = new LookupSignals(undefined, timeoutSeconds);
  try {
    return await mapConcurrently(regions, 20, async (region): Promise<RegionPacks> => {
      try {
        const packs = await withClient(createConfigClient(settings, region), (client) =>
          listPacks(client, { region, signal: signals.signal }),
        );
        return { region, packs };
      } catch (error) {
        const failure = signals.failureOf(error, "", region);
        const diagnosis = await signals.inTime(diagnosisOf(failure, settings));
        return { region, error: failure.toError({ neededActions: listActions, ...diagnosis }) };
      }
    });
  } finally {
    signals.end();
  }
}
