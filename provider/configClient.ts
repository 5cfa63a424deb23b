import { ConfigServiceClient, type ConfigServiceClientConfig } from "@aws-sdk/client-config-service";
import type { AwsSettings } from "./settings";

/** Limits of one client. */
export interface ClientLimits {
  readonly maxAttempts?: number | undefined;
  readonly requestTimeoutSeconds?: number | undefined;
}

const defaultMaxAttempts = 10;
const defaultRequestTimeoutSeconds = 15;

/**
 * A client of AWS Config for one region, as the settings say.
 *
 * @param region - `undefined` leaves it to the SDK's own chain.
 */
export function createConfigClient(
  settings: AwsSettings,
  region: string | undefined,
  limits: ClientLimits = {},
): ConfigServiceClient {
  return new ConfigServiceClient({
    ...connection(settings, region, settings.endpoints.configservice),
    ...retrying(settings, limits),
    requestHandler: {
      connectionTimeout: 5_000,
      requestTimeout: Math.ceil((limits.requestTimeoutSeconds ?? defaultRequestTimeoutSeconds) * 1_000),
      throwOnRequestTimeout: true,
    },
  });
}

/**
 * The account that the settings' credentials belong to, or `undefined` when STS does not say it: the answer
 * only makes an error text better, so it has no errors of its own and gets little time.
 */
export async function callerAccountId(settings: AwsSettings, region: string): Promise<string | undefined> {
  try {
    // Loaded only now: this is the path of an error.
    const { GetCallerIdentityCommand, STSClient } =
      require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
    const client = new STSClient({
      ...connection(settings, region, settings.endpoints.sts),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    });
    try {
      const { Account } = await client.send(new GetCallerIdentityCommand({}));
      return Account !== undefined && /^\d{12}$/.test(Account) ? Account : undefined;
    } finally {
      client.destroy();
    }
  } catch {
    return undefined;
  }
}

/** What is not set here is left to the SDK where its own environment variables say it. */
function retrying(
  { maxRetries, retryMode }: AwsSettings,
  limits: ClientLimits,
): Pick<ConfigServiceClientConfig, "maxAttempts" | "retryMode"> {
  const maxAttempts = limits.maxAttempts ?? (maxRetries === undefined ? undefined : maxRetries + 1);
  return {
    ...(maxAttempts !== undefined
      ? { maxAttempts }
      : !process.env.AWS_MAX_ATTEMPTS && { maxAttempts: defaultMaxAttempts }),
    ...(retryMode !== undefined ? { retryMode } : !process.env.AWS_RETRY_MODE && { retryMode: "adaptive" }),
  };
}

type Connection = Pick<
  ConfigServiceClientConfig,
  "region" | "profile" | "endpoint" | "credentials" | "useFipsEndpoint" | "useDualstackEndpoint"
>;

function connection(settings: AwsSettings, region: string | undefined, endpoint: string | undefined): Connection {
  const credentials = credentialsOf(settings, region);
  return {
    ...(region !== undefined && { region }),
    ...(settings.profile !== undefined && { profile: settings.profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    ...(settings.useFipsEndpoint !== undefined && { useFipsEndpoint: settings.useFipsEndpoint }),
    ...(settings.useDualstackEndpoint !== undefined && { useDualstackEndpoint: settings.useDualstackEndpoint }),
  };
}

/** `undefined` leaves them to the SDK's own chain. */
function credentialsOf(
  { assumeRoles, credentials, endpoints, profile }: AwsSettings,
  region: string | undefined,
): Connection["credentials"] {
  if (credentials && assumeRoles.length === 0) return credentials;
  if (profile === undefined && assumeRoles.length === 0) return undefined;
  // Loaded only where it is needed: most programs need neither, and each preview would pay for it.
  const { fromIni, fromNodeProviderChain, fromTemporaryCredentials } =
    require("@aws-sdk/credential-providers") as typeof import("@aws-sdk/credential-providers");
  const clientConfig = {
    ...(region !== undefined && { region }),
    ...(endpoints.sts !== undefined && { endpoint: endpoints.sts }),
  };
  // A profile that is named is meant: where it does not exist, the SDK's chain would go on to the machine's own role,
  // which is another account and sees other packs.
  const first = credentials ?? (profile === undefined ? fromNodeProviderChain() : fromIni({ profile, clientConfig }));
  return assumeRoles.reduce<NonNullable<Connection["credentials"]>>(
    (masterCredentials, { roleArn, externalId, sessionName, durationSeconds }) =>
      fromTemporaryCredentials({
        masterCredentials,
        clientConfig,
        params: {
          RoleArn: roleArn,
          RoleSessionName: sessionName ?? "pulumi-org-conformance",
          ...(externalId !== undefined && { ExternalId: externalId }),
          ...(durationSeconds !== undefined && { DurationSeconds: durationSeconds }),
        },
      }),
    first,
  );
}
