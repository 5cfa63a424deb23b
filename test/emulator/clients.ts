import { request } from "node:http";
import {
  ConfigServiceClient,
  type ConfigServiceClientConfig,
  GetOrganizationConformancePackDetailedStatusCommand,
  type GetOrganizationConformancePackDetailedStatusCommandInput,
  type GetOrganizationConformancePackDetailedStatusCommandOutput,
} from "@aws-sdk/client-config-service";
import { OrganizationsClient, type OrganizationsClientConfig } from "@aws-sdk/client-organizations";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** An emulator that the end of the test stops. */
export async function emulate(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  cleanUps.push(() => emulator.stop());
  return emulator;
}

export const credentials = {
  accessKeyId: "AKIAOFTHETEST",
  secretAccessKey: "the-secret-of-the-test",
  sessionToken: "the-session-of-the-test",
};

/** AWS's own client. It tries once, so that a test sees each answer. */
export function configClient(
  { endpoint }: Pick<Emulator, "endpoint">,
  options: ConfigServiceClientConfig = {},
): ConfigServiceClient {
  const client = new ConfigServiceClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, ...options });
  cleanUps.push(() => {
    client.destroy();
  });
  return client;
}

export function organizationsClient(
  { endpoint }: Pick<Emulator, "endpoint">,
  options: OrganizationsClientConfig = {},
): OrganizationsClient {
  const client = new OrganizationsClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, ...options });
  cleanUps.push(() => {
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

export function stsClient(
  { endpoint }: Pick<Emulator, "endpoint">,
  signer: typeof credentials = credentials,
  region = "us-east-1",
): STSClient {
  const client = new STSClient({ endpoint, region, credentials: signer, maxAttempts: 1 });
  cleanUps.push(() => {
    client.destroy();
  });
  return client;
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

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export const signature =
  "AWS4-HMAC-SHA256 Credential=AKIAOFTHETEST/20260101/us-east-1/config/aws4_request, SignedHeaders=host, Signature=00";

/** A request as bytes, for what no AWS client would send. */
export function post(
  { endpoint }: Pick<Emulator, "endpoint">,
  { operation, headers = {}, body }: { operation?: string; headers?: Record<string, string>; body: string },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(endpoint, {
      method: "POST",
      agent: false,
      headers: {
        authorization: signature,
        ...(operation !== undefined && { "x-amz-target": `StarlingDoveService.${operation}` }),
        ...headers,
      },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      });
    });
    sent.end(body);
  });
}
