import type { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { aggregateStatus } from "../aws/aggregateStatus";
import { memberStatusPages } from "../aws/memberStatusPages";
import { bySeverity, outcomeOf, successfulStatuses, unsuccessfulStatuses } from "../status/detailedStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { readMemberRows } from "./memberRows";
import type { RegionAnswer, RegionCall } from "./regionAnswer";

/**
 * Reads the rows that are failed or in progress: a reading for each such status, all at the same time, together with the
 * aggregate. An account that goes from one such status to another between two readings could be in neither, so everything
 * is read twice, one after the other. To be missed, an account would have to change within each of the two rounds, and the
 * aggregate would have to call the pack successful in both.
 */
export async function readUnsuccessful(
  client: ConfigServiceClient,
  args: PackStatusArgs,
  call: RegionCall,
): Promise<RegionAnswer> {
  const unsuccessful = { ...args, statuses: unsuccessfulStatuses };
  const round = () =>
    Promise.all([readMemberRows(client, unsuccessful, call.region, call.signal), aggregateStatus(client, call)]);
  const [[rows, before], hasSuccessful] = await Promise.all([round(), hasSuccessfulRow(client, call)]);
  const [again, after] = await round();
  const aggregate = bySeverity(before.status, after.status) > 0 ? before : after;
  return { rows: rows.merge(again), aggregate, excluded: [], hasSuccessful };
}

/**
 * True if any account is a healthy member: one row of either successful status shows it. A page may be empty and not the
 * last one.
 */
async function hasSuccessfulRow(client: ConfigServiceClient, call: RegionCall): Promise<boolean> {
  const found = await Promise.all(
    successfulStatuses.map(async (status) => {
      const request = { ...call, filters: { Status: status }, readsAhead: false };
      for await (const event of memberStatusPages(client, request)) {
        // What answers instead of AWS may not filter.
        if (event.kind === "page" && event.rows.some((row) => outcomeOf(row.status) === "successful")) return true;
      }
      return false;
    }),
  );
  return found.includes(true);
}
