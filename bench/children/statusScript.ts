import {
  ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
  type OrganizationConformancePackDetailedStatus,
  paginateGetOrganizationConformancePackDetailedStatus,
} from "@aws-sdk/client-config-service";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

// What the command line asks, as a bare script: the rows, then the aggregate, and who is calling.
const [endpoint = "", name = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const client = new ConfigServiceClient({ endpoint });
  const caller = new STSClient({ endpoint }).send(new GetCallerIdentityCommand({}));
  const rows: OrganizationConformancePackDetailedStatus[] = [];
  const pages = paginateGetOrganizationConformancePackDetailedStatus(
    { client },
    { OrganizationConformancePackName: name },
  );
  for await (const page of pages) rows.push(...(page.OrganizationConformancePackDetailedStatuses ?? []));
  const aggregate = await client.send(
    new DescribeOrganizationConformancePackStatusesCommand({ OrganizationConformancePackNames: [name] }),
  );
  const { Account: account } = await caller;
  const failed = rows.filter(({ Status }) => Status?.endsWith("_FAILED")).length;
  console.log(JSON.stringify([rows.length, failed, aggregate.OrganizationConformancePackStatuses?.length, account]));
}

void main();
