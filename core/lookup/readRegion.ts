import type { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { anySignal } from "../aws/anySignal";
import { borrowConfigClient } from "../aws/configClient";
import type { AwsSettings } from "../aws/settings";
import { ClockSkewError, Failure } from "../errors";
import { maxClockSkewMs } from "../status/clockSkew";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { readAll } from "./readAll";
import { readUnsuccessful } from "./readUnsuccessful";
import type { RegionAnswer, RegionCall } from "./regionAnswer";

/**
 * Reads one region.
 *
 * @throws A `Failure`; the signal's reason when it aborts.
 */
export async function readRegion(
  args: PackStatusArgs,
  region: string,
  settings: AwsSettings,
  signal: AbortSignal,
): Promise<RegionAnswer> {
  const { client, release } = borrowConfigClient(settings, region, args);
  // When one of several readings fails, the others have nothing left to do.
  const ended = new AbortController();
  const call: RegionCall = { packName: args.name, region, signal: anySignal([signal, ended.signal]) };
  try {
    const read = args.detail === "unsuccessful" ? readUnsuccessful : readAll;
    const answer = await read(client, args, call);
    refuseWrongClock(client, call);
    return answer;
  } finally {
    ended.abort();
    release();
  }
}

/** The SDK corrects a difference that is beyond the limit, and knows it. */
function refuseWrongClock({ config }: ConfigServiceClient, { packName, region }: RegionCall): void {
  const offsetMs = config.systemClockOffset;
  if (Math.abs(offsetMs) > maxClockSkewMs) throw new Failure(ClockSkewError, { packName, region, offsetMs });
}
