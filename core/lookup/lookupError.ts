import type { AwsSettings } from "../aws/settings";
import type { Failure, OrgConformanceError } from "../errors";
import { diagnosisOf } from "./diagnosis";
import type { LookupSignals } from "./lookupSignals";
import { neededActions, type NeedsOf } from "./neededActions";
import { otherRegions } from "./otherRegions";

/** Failures that end a lookup: the first, and those of other regions. */
export type Failures = readonly [Failure, ...Failure[]];

/**
 * The one error of a lookup that has failed.
 *
 * @param args - A denied access names all the actions that they need.
 */
export async function lookupError(
  [first, ...others]: Failures,
  args: NeedsOf,
  settings: AwsSettings,
  signals: LookupSignals,
): Promise<OrgConformanceError> {
  const findings = { neededActions: neededActions(args) };
  const diagnosis = await signals.inTime(diagnosisOf(first, settings));
  return first.toError({ ...findings, ...diagnosis, elsewhere: otherRegions(first, others, findings) });
}
