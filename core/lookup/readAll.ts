import type { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { aggregateStatus } from "../aws/aggregateStatus";
import { excludedAccounts } from "../aws/excludedAccounts";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { readMemberRows } from "./memberRows";
import { expectedUnitsOf } from "./treeOfLookup";
import type { RegionAnswer, RegionCall } from "./regionAnswer";

/** Reads all rows, and then the aggregate. */
export async function readAll(
  client: ConfigServiceClient,
  args: PackStatusArgs,
  call: RegionCall,
): Promise<RegionAnswer> {
  const [rows, excluded] = await Promise.all([
    readMemberRows(client, args, call.region, call.signal),
    args.expectedAccounts === "organization" || expectedUnitsOf(args) ? excludedAccounts(client, call) : [],
  ]);
  // After the rows: a failure of an account whose row had been read by then still shows here.
  const aggregate = args.aggregate === false ? undefined : await aggregateStatus(client, call);
  return { rows, aggregate, excluded };
}
