import {
  ConfigServiceClient,
  type ConfigServiceClientConfig,
  GetOrganizationConformancePackDetailedStatusCommand,
  type GetOrganizationConformancePackDetailedStatusCommandInput,
  type GetOrganizationConformancePackDetailedStatusCommandOutput,
} from "@aws-sdk/client-config-service";
import { OrganizationsClient, type OrganizationsClientConfig } from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Emulator } from "../../emulator";
import { atTheEnd } from "../builders/cleanUp";

type Endpoint = Pick<Emulator, "endpoint">;

export const credentials = {
  accessKeyId: "AKIAOFTHETEST",
  secretAccessKey: "the-secret-of-the-test",
  sessionToken: "the-session-of-the-test",
};

/** AWS's own client of AWS Config. It tries once, so that a test sees each answer. */
export function configClient({ endpoint }: Endpoint, options: ConfigServiceClientConfig = {}): ConfigServiceClient {
  return untilTheEnd(
    new ConfigServiceClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, ...options }),
  );
}

/** AWS's own client of AWS Organizations. It tries once. */
export function organizationsClient(
  { endpoint }: Endpoint,
  options: OrganizationsClientConfig = {},
): OrganizationsClient {
  return untilTheEnd(
    new OrganizationsClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, ...options }),
  );
}

/** AWS's own client of AWS STS. It tries once. */
export function stsClient({ endpoint }: Endpoint, signer = credentials, region = "us-east-1"): STSClient {
  return untilTheEnd(new STSClient({ endpoint, region, credentials: signer, maxAttempts: 1 }));
}

function untilTheEnd<T extends { destroy(): void }>(client: T): T {
  atTheEnd(() => {
    client.destroy();
  });
  return client;
}

/** The credentials of a session in an account. */
export async function sessionIn(emulator: Emulator, accountId: string, partition = "aws"): Promise<typeof credentials> {
  const { Credentials: assumed } = await stsClient(emulator).send(
    new AssumeRoleCommand({ RoleArn: `arn:${partition}:iam::${accountId}:role/reader`, RoleSessionName: "test" }),
  );
  return {
    accessKeyId: assumed?.AccessKeyId ?? "",
    secretAccessKey: assumed?.SecretAccessKey ?? "",
    sessionToken: assumed?.SessionToken ?? "",
  };
}

type Rows = GetOrganizationConformancePackDetailedStatusCommandOutput;

/** One page of the rows of the pack `baseline`. */
export function rowsOf(
  client: ConfigServiceClient,
  input: Partial<GetOrganizationConformancePackDetailedStatusCommandInput> = {},
): Promise<Rows> {
  return client.send(
    new GetOrganizationConformancePackDetailedStatusCommand({ OrganizationConformancePackName: "baseline", ...input }),
  );
}

/** All pages, the way a client reads them. */
export async function allPages(
  client: ConfigServiceClient,
  input: Partial<GetOrganizationConformancePackDetailedStatusCommandInput> = {},
): Promise<NonNullable<Rows["OrganizationConformancePackDetailedStatuses"]>[]> {
  const pages = [];
  let token: string | undefined;
  do {
    const page = await rowsOf(client, { ...input, ...(token !== undefined && { NextToken: token }) });
    pages.push(page.OrganizationConformancePackDetailedStatuses ?? []);
    token = page.NextToken;
  } while (token !== undefined);
  return pages;
}
