import { profileRegion } from "../aws/profileCredentials";
import type { AwsSettings } from "../aws/settings";
import { regionCheck } from "../checks/awsChecks";
import { InvalidArgumentsError, OrgConformanceError } from "../errors";
import type { PackStatusArgs } from "../status/packStatusArgs";

/**
 * The regions that are asked: those of the arguments, else the one of the settings or of the profile.
 *
 * @throws `InvalidArgumentsError` when there is none.
 */
export async function lookupRegions(args: PackStatusArgs, settings: AwsSettings): Promise<readonly string[]> {
  return args.regions ?? [await configuredRegion(args.name, settings)];
}

/** The arguments with the regions that are asked, where these are known: a lookup's status file is named by them. */
export async function withLookupRegions(args: PackStatusArgs, settings: AwsSettings): Promise<PackStatusArgs> {
  try {
    return { ...args, regions: await lookupRegions(args, settings) };
  } catch (error) {
    // The lookup itself says what is wrong.
    if (!(error instanceof OrgConformanceError)) throw error;
    return args;
  }
}

async function configuredRegion(packName: string, settings: AwsSettings): Promise<string> {
  const region = settings.region ?? (await profileRegion(settings));
  if (region === undefined) throw refusal("No region is set: pass regions, or set aws:region or AWS_REGION.", packName);
  const [problem] = regionCheck(region, "regions");
  if (problem) {
    throw refusal(
      `${problem.reason} It comes from aws:region, AWS_REGION, AWS_DEFAULT_REGION or the profile.`,
      packName,
    );
  }
  return region;
}

function refusal(reason: string, packName: string): InvalidArgumentsError {
  return new InvalidArgumentsError([{ property: "regions", reason }], packName);
}
