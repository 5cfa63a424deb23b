import type { AwsSettings } from "../core/aws/settings";
import { saveLookup } from "../core/statusFile/saveLookup";
import type { PulumiRun } from "../core/statusFile/statusFile";
import type { GateHost } from "./gateHandlers";

/** Writes a status file for each lookup of a run. A file that can't be written is a warning in the run's display. */
export function savingLookups(
  run: PulumiRun,
  settings: AwsSettings,
  log: GateHost["log"],
): NonNullable<GateHost["onLookup"]> {
  return (found, lookup) => {
    saveLookup(found, { ...lookup, run: { ...run, ...lookup.run }, settings }, (sentence) => {
      log("warning", sentence);
    });
  };
}
