import type { ConfigServiceClient, OrganizationResourceDetailedStatusFilters } from "@aws-sdk/client-config-service";
import { memberStatusPages, type PageRequest } from "../aws/memberStatusPages";
import type { MemberStatus } from "../status/memberStatus";
import { MergedMembers } from "../status/mergeMembers";
import type { PackStatusArgs } from "../status/packStatusArgs";

/** The rows that the arguments ask for in one region. */
export async function readMemberRows(
  client: ConfigServiceClient,
  args: PackStatusArgs,
  region: string,
  signal: AbortSignal,
): Promise<MergedMembers> {
  const isWanted = wantedRows(args);
  const readings = await Promise.all(
    pageRequests(args, region, signal).map(async (request) => {
      let rows = new MergedMembers();
      for await (const event of memberStatusPages(client, request)) {
        if (event.kind === "restarted") rows = new MergedMembers();
        else for (const row of event.rows) if (isWanted(row)) rows.add(row);
      }
      return rows;
    }),
  );
  return readings.reduce((all, others) => all.merge(others));
}

/** One reading for each status that is asked for: the API filters by one status at most, and by one account. */
export function pageRequests(args: PackStatusArgs, region: string, signal: AbortSignal): readonly PageRequest[] {
  const onlyAccount = args.accountIds?.length === 1 ? args.accountIds[0] : undefined;
  return (args.statuses ?? [undefined]).map((status) => {
    const filters: OrganizationResourceDetailedStatusFilters = {
      ...(onlyAccount !== undefined && { AccountId: onlyAccount }),
      ...(status !== undefined && { Status: status }),
    };
    return {
      packName: args.name,
      region,
      pageSize: args.pageSize,
      maxPages: args.maxPages,
      signal,
      ...(Object.keys(filters).length > 0 && { filters }),
    };
  });
}

/** Which rows the arguments ask for: AWS filters by one account at most. */
export function wantedRows({ accountIds }: PackStatusArgs): (row: MemberStatus) => boolean {
  if (!accountIds) return () => true;
  const ids = new Set(accountIds);
  return ({ accountId }) => ids.has(accountId);
}
