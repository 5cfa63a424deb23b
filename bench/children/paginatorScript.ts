import {
  ConfigServiceClient,
  type OrganizationConformancePackDetailedStatus,
  paginateGetOrganizationConformancePackDetailedStatus,
} from "@aws-sdk/client-config-service";

// The same with the AWS SDK's own paginator, as a user would write it. Nothing is checked, merged or judged.
const [endpoint = "", name = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const client = new ConfigServiceClient({ endpoint });
  const rows: OrganizationConformancePackDetailedStatus[] = [];
  const pages = paginateGetOrganizationConformancePackDetailedStatus(
    { client },
    { OrganizationConformancePackName: name },
  );
  for await (const page of pages) rows.push(...(page.OrganizationConformancePackDetailedStatuses ?? []));
  console.log(JSON.stringify([rows.length, rows.filter(({ Status }) => Status?.endsWith("_FAILED")).length]));
}

void main();
