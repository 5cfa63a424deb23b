import type {
  AssumeRoleCommandInput,
  AssumeRoleCommandOutput,
  AssumeRoleWithWebIdentityCommandInput,
  STSClientConfig,
} from "@aws-sdk/client-sts";
import type { Credentials } from "./awsCredentials";
import { BadStsAnswer } from "./badStsAnswer";

/** The configuration of a client of STS, without credentials. */
export type StsConfig = Omit<STSClientConfig, "credentials">;

const defaultSessionName = "pulumi-org-conformance";

/** The input of a session, with its default name. */
type WithoutName<Input extends { RoleSessionName: string | undefined }> = Omit<Input, "RoleSessionName"> &
  Partial<Pick<Input, "RoleSessionName">>;

/** A session of a role. */
export async function assumeRole(
  config: StsConfig,
  credentials: Credentials,
  input: WithoutName<AssumeRoleCommandInput>,
): Promise<Credentials> {
  const { AssumeRoleCommand, STSClient } = sdk();
  const client = new STSClient({ ...config, credentials });
  try {
    const answer = await client.send(new AssumeRoleCommand({ RoleSessionName: defaultSessionName, ...input }));
    return sessionIn(answer);
  } finally {
    client.destroy();
  }
}

/** A session of a role, for a token of an identity provider. The request is not signed. */
export async function assumeRoleWithWebIdentity(
  config: StsConfig,
  input: WithoutName<AssumeRoleWithWebIdentityCommandInput>,
): Promise<Credentials> {
  const { AssumeRoleWithWebIdentityCommand, STSClient } = sdk();
  const client = new STSClient(config);
  try {
    const answer = await client.send(
      new AssumeRoleWithWebIdentityCommand({ RoleSessionName: defaultSessionName, ...input }),
    );
    return { ...sessionIn(answer), $source: { CREDENTIALS_STS_ASSUME_ROLE_WEB_ID: "k" } };
  } finally {
    client.destroy();
  }
}

/** The account of the credentials: 12 digits. */
export async function accountOf(config: StsConfig, credentials: Credentials): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = sdk();
  const client = new STSClient({ ...config, credentials });
  try {
    const { Account, $metadata } = await client.send(new GetCallerIdentityCommand({}));
    if (Account === undefined || !/^\d{12}$/.test(Account)) {
      throw new BadStsAnswer("its Account is not 12 digits", $metadata.requestId);
    }
    return Account;
  } finally {
    client.destroy();
  }
}

function sessionIn({ $metadata, Credentials: given }: AssumeRoleCommandOutput): Credentials {
  const { AccessKeyId, Expiration, SecretAccessKey, SessionToken } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey) throw new BadStsAnswer("it has no keys", $metadata.requestId);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
    ...(Expiration !== undefined && { expiration: Expiration }),
  };
}

// Loaded only where it is needed: each preview would pay for it.
function sdk() {
  return require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
}
