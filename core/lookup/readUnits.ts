import { readOrganizationTree } from "../aws/organization";
import type { OrganizationalUnit } from "../status/organizationalUnit";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import type { GatherOptions } from "./gatherOptions";
import { settingsFor } from "./lookupArgs";
import { lookupError } from "./lookupError";
import { defaultTimeoutSeconds, LookupSignals } from "./lookupSignals";
import { unitsInTrouble } from "./treeOfLookup";

/**
 * Reads which of a status's accounts are in some organizational units, where the lookup did not: a policy has exceptions of
 * its own.
 *
 * @param args - Those of the lookup, for its role.
 * @throws A subclass of `OrgConformanceError`.
 */
export async function readUnits(
  status: PackStatus,
  unitIds: readonly string[],
  args: PackStatusArgs,
  options: Pick<GatherOptions, "settings" | "signal">,
): Promise<readonly OrganizationalUnit[]> {
  const { name, regions } = status;
  const region = regions[0] ?? "";
  const settings = settingsFor(args, options.settings);
  const signals = new LookupSignals(options.signal, defaultTimeoutSeconds);
  try {
    const call = { packName: name, region, signal: signals.signal };
    const question = { recursive: true, parentIds: [...new Set(unitIds)].sort() };
    return unitsInTrouble(await readOrganizationTree(settings, args, call, question), status);
  } catch (error) {
    throw await lookupError([signals.failureOf(error, name, region)], { ...args, unitIds }, settings, signals);
  } finally {
    signals.end();
  }
}
