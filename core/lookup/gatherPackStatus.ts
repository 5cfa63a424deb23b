import { readOrganization, readOrganizationTree } from "../aws/organization";
import type { AwsSettings } from "../aws/settings";
import { Failure, isOutage, NoSuchOrganizationConformancePackError } from "../errors";
import { type LookupNeeds, lookupNeedsOf } from "../gate/tolerance";
import { parseTolerance } from "../gate/toleranceCheck";
import { judge } from "../status/judge";
import type { Organization, OrganizationTree } from "../status/organization";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import type { GatherOptions } from "./gatherOptions";
import { refuseProblems, settingsFor } from "./lookupArgs";
import { type Failures, lookupError } from "./lookupError";
import { lookupRegions } from "./lookupRegions";
import { defaultTimeoutSeconds, LookupSignals } from "./lookupSignals";
import { mapConcurrently } from "./mapConcurrently";
import { packEvidence } from "./packEvidence";
import { readOwners } from "./readOwners";
import { readRegion } from "./readRegion";
import type { AskedRegion } from "./regionAnswer";
import { expectedUnitsOf, refuseEmptyUnits, refuseUnknownUnits, unitsInTrouble } from "./treeOfLookup";

const defaultConcurrentRegions = 20;

/**
 * Gathers every member's status of one organization conformance pack, and judges them.
 *
 * AWS source: all pages of `GetOrganizationConformancePackDetailedStatus`, then
 * `DescribeOrganizationConformancePackStatuses`; with `expectedAccounts: "organization"` also `ListAccounts` of AWS
 * Organizations and `DescribeOrganizationConformancePacks`, with organizational units `ListOrganizationalUnitsForParent`
 * and `ListAccountsForParent`; with `ownerTag`, at last, `ListTagsForResource`. Pages are no snapshot: an account that
 * changes while they are read can appear as it was before or after.
 *
 * @throws A subclass of `OrgConformanceError` when no region answers, or AWS Organizations does not; the signal's
 *   reason when it aborts before the verdict is known. When some regions answer, the others are named in `reasons`, and
 *   the verdict is not `PASSED`.
 */
export async function gatherPackStatus(args: PackStatusArgs, options: GatherOptions): Promise<PackStatus> {
  refuseProblems(args);
  const settings = settingsFor(args, options.settings);
  const regions = await lookupRegions(args, settings);
  const needs = lookupNeedsOf(parseTolerance(options.tolerate, args.name), options.now);
  const signals = new LookupSignals(options.signal, args.timeoutSeconds ?? defaultTimeoutSeconds);
  try {
    const noSuchPackIsReason = options.noSuchPackIsReason === true || needs.noSuchPackIsReason;
    const lookup: Lookup = { ...options, ...needs, noSuchPackIsReason, settings };
    const [asked, organization, tree] = await Promise.all([
      askRegions(regions, args, settings, signals).then((asked) => refuseFailures(asked, lookup)),
      expectedOrganization(regions[0] ?? "", args, lookup, signals),
      neededTree(regions[0] ?? "", args, lookup, signals),
    ]);
    const judgement = judge(packEvidence(args, asked, organization, tree));
    const organizationalUnits = tree && unitsInTrouble(tree, judgement);
    const status: PackStatus = {
      name: args.name,
      regions,
      ...judgement,
      ...(organizationalUnits && { organizationalUnits }),
    };
    const accountOwners = await readOwners(status, args, { ...lookup, signal: signals.signal });
    return { ...status, ...(accountOwners && { accountOwners }) };
  } catch (error) {
    if (!(error instanceof FailedLookup)) throw error;
    throw await lookupError(error.failures, { ...args, unitIds: needs.unitIds }, settings, signals);
  } finally {
    // When one of the readings fails, and with it all, the others have nothing left to do.
    signals.end();
  }
}

/** The options of a lookup, with what the exceptions among them ask of it. */
type Lookup = GatherOptions & LookupNeeds;

/** Failures that leave no status. */
class FailedLookup extends Error {
  constructor(readonly failures: Failures) {
    super();
  }
}

async function askRegions(
  regions: readonly string[],
  args: PackStatusArgs,
  settings: AwsSettings,
  signals: LookupSignals,
): Promise<readonly AskedRegion[]> {
  return mapConcurrently(regions, args.maxConcurrentRegions ?? defaultConcurrentRegions, async (region) => {
    try {
      return { region, answer: await readRegion(args, region, settings, signals.signal) };
    } catch (error) {
      return { region, answer: signals.failureOf(error, args.name, region) };
    }
  });
}

/** @throws `FailedLookup` when no region answers, or one that has to does not. */
function refuseFailures(
  asked: readonly AskedRegion[],
  { noSuchPackIsReason, outageIsReason, requireEveryRegion }: Lookup,
): readonly AskedRegion[] {
  const failures = asked.map(({ answer }) => answer).filter((answer) => answer instanceof Failure);
  if (!requireEveryRegion && failures.length < asked.length) return asked;
  const isReason = (failure: Failure): boolean =>
    (noSuchPackIsReason && failure.is(NoSuchOrganizationConformancePackError)) || (outageIsReason && isOutage(failure));
  const [first, ...others] = failures.filter((failure) => !isReason(failure));
  if (first) throw new FailedLookup([first, ...others]);
  return asked;
}

/** The organization, where its accounts are expected. */
async function expectedOrganization(
  region: string,
  args: PackStatusArgs,
  { refreshOrganization, settings }: Lookup,
  signals: LookupSignals,
): Promise<Organization | undefined> {
  if (args.expectedAccounts !== "organization") return undefined;
  try {
    const call = { packName: args.name, region, signal: signals.signal };
    return await readOrganization(settings, args, call, refreshOrganization);
  } catch (error) {
    throw new FailedLookup([signals.failureOf(error, args.name, region)]);
  }
}

/** The part of the organization's tree that the arguments and the exceptions are about. */
async function neededTree(
  region: string,
  args: PackStatusArgs,
  { refreshOrganization, settings, unitIds }: Lookup,
  signals: LookupSignals,
): Promise<OrganizationTree | undefined> {
  const expected = expectedUnitsOf(args);
  const parentIds = [...new Set([...(expected?.organizationalUnits ?? []), ...unitIds])].sort();
  if (parentIds.length === 0 && !args.accountPaths) return undefined;
  const recursive = args.accountPaths === true || unitIds.length > 0 || expected?.recursive !== false;
  try {
    const call = { packName: args.name, region, signal: signals.signal };
    const question = { recursive, ...(!args.accountPaths && { parentIds }) };
    const tree = await readOrganizationTree(settings, args, call, question, refreshOrganization);
    refuseUnknownUnits(parentIds, tree, call);
    if (expected) refuseEmptyUnits(expected, tree, args.name);
    return tree;
  } catch (error) {
    throw new FailedLookup([signals.failureOf(error, args.name, region)]);
  }
}
