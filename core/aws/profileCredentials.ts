import type { Credentials } from "./awsCredentials";
import type { ConnectionConfig } from "./connectionConfig";
import type { AssumeRole, AssumeRoleWithWebIdentity, AwsSettings } from "./settings";
import { expandPath } from "./transport";

type Profile = Readonly<Record<string, string | undefined>>;
type Profiles = Readonly<Record<string, Profile | undefined>>;

/** The services that a profile's credentials may need. */
export interface ProfileSources {
  /** For the clients of AWS IAM Identity Center and of AWS Sign-In: the profile says their region. */
  readonly sso: ConnectionConfig;
  readonly assumeRole: (source: Credentials, role: AssumeRole) => Promise<Credentials>;
  readonly withWebIdentity: (role: AssumeRoleWithWebIdentity) => Promise<Credentials>;
}

interface Context extends ProfileSources {
  readonly settings: AwsSettings;
  readonly profiles: Profiles;
}

/** The profile that is used; `isNamed` says whether anyone asked for it. */
function profileOf({ profile }: AwsSettings): { readonly name: string; readonly isNamed: boolean } {
  const named = profile ?? (process.env.AWS_PROFILE || process.env.AWS_DEFAULT_PROFILE);
  return { name: named || "default", isNamed: Boolean(named) };
}

/** The region of the profile. */
export async function profileRegion(settings: AwsSettings): Promise<string | undefined> {
  return (await readProfiles(settings))[profileOf(settings).name]?.region;
}

/**
 * The credentials of the profile that is used, in the order of the AWS SDK for Go. The AWS SDK for JavaScript has another
 * one where a profile has several kinds, sends STS's region and endpoint to SSO, and looks for SSO in the default files.
 */
export async function profileCredentials(settings: AwsSettings, sources: ProfileSources): Promise<Credentials> {
  const { name, isNamed } = profileOf(settings);
  const profiles = await readProfiles(settings);
  if (isNamed && !Object.hasOwn(profiles, name)) {
    throw missingCredentials(`The profile "${name}" does not exist in the shared AWS files`);
  }
  return credentialsIn(name, { ...sources, settings, profiles }, []);
}

async function credentialsIn(name: string, context: Context, visited: readonly string[]): Promise<Credentials> {
  const profile = context.profiles[name] ?? {};
  // One that is its own source, directly or not, has a role only the first time.
  const roleArn = visited.includes(name) ? undefined : profile.role_arn;
  if (roleArn === undefined) return ownCredentials(name, profile, context, visited);
  const role = {
    roleArn,
    ...(profile.role_session_name !== undefined && { sessionName: profile.role_session_name }),
    ...(profile.external_id !== undefined && { externalId: profile.external_id }),
    ...(profile.duration_seconds !== undefined && { durationSeconds: Number(profile.duration_seconds) }),
  };
  if (profile.source_profile !== undefined) {
    return assumed(
      name,
      profile,
      context,
      role,
      await credentialsIn(profile.source_profile, context, [...visited, name]),
    );
  }
  if (profile.web_identity_token_file && !hasKeys(profile) && profile.credential_source === undefined) {
    return context.withWebIdentity({ ...role, webIdentityTokenFile: profile.web_identity_token_file });
  }
  return assumed(name, profile, context, role, await ownCredentials(name, profile, context, visited));
}

async function assumed(
  name: string,
  profile: Profile,
  { assumeRole }: Context,
  role: AssumeRole,
  source: Credentials,
): Promise<Credentials> {
  if (profile.mfa_serial !== undefined) {
    throw missingCredentials(`The profile "${name}" needs a code of an MFA device, which can't be asked for here`);
  }
  return assumeRole(source, role);
}

/** The credentials of a profile itself, before any role. */
async function ownCredentials(
  name: string,
  profile: Profile,
  { settings, sso }: Context,
  visited: readonly string[],
): Promise<Credentials> {
  const { fromEnv, fromLoginCredentials, fromProcess, fromSSO } = providers();
  const files = { profile: name, ...filesOf(settings), ignoreCache: true };
  if (profile.aws_access_key_id && profile.aws_secret_access_key) {
    return {
      accessKeyId: profile.aws_access_key_id,
      secretAccessKey: profile.aws_secret_access_key,
      ...(profile.aws_session_token && { sessionToken: profile.aws_session_token }),
      $source: { CREDENTIALS_PROFILE: "n" },
    };
  }
  switch (profile.credential_source) {
    case undefined:
      break;
    case "Environment":
      return fromEnv()();
    case "EcsContainer":
      return containerCredentials();
    case "Ec2InstanceMetadata":
      return instanceCredentials(settings);
    default:
      throw missingCredentials(`The profile "${name}" has an unknown credential_source`);
  }
  if (["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"].some((key) => profile[key])) {
    if (settings.endpoints.sso !== undefined) {
      throw missingCredentials(
        "aws:endpoints.sso is not supported: set AWS_ENDPOINT_URL_SSO, which @pulumi/aws reads too",
      );
    }
    return fromSSO({ ...files, clientConfig: sso })();
  }
  if (profile.login_session) return fromLoginCredentials({ ...files, clientConfig: sso })();
  if (profile.credential_process) return fromProcess(files)();
  if (visited.length > 0) throw missingCredentials(`The profile "${name}", a source_profile, has no credentials`);
  return machineCredentials(settings);
}

function hasKeys(profile: Profile): boolean {
  return Boolean(profile.aws_access_key_id && profile.aws_secret_access_key);
}

/** The role of the container or the instance that this runs on. */
async function machineCredentials(settings: AwsSettings): Promise<Credentials> {
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI } = process.env;
  return AWS_CONTAINER_CREDENTIALS_RELATIVE_URI || AWS_CONTAINER_CREDENTIALS_FULL_URI
    ? containerCredentials()
    : instanceCredentials(settings);
}

async function containerCredentials(): Promise<Credentials> {
  const { createCredentialChain, fromContainerMetadata, fromHttp } = providers();
  return createCredentialChain(fromHttp(), fromContainerMetadata())();
}

async function instanceCredentials({ skipMetadataApiCheck }: AwsSettings): Promise<Credentials> {
  const isSkipped = skipMetadataApiCheck ?? process.env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === "true";
  if (isSkipped) throw missingCredentials("Could not load credentials from any providers");
  try {
    return await providers().fromInstanceMetadata()();
  } catch (error) {
    throw missingCredentials(`Could not load credentials from any providers: ${(error as Error).message}`);
  }
}

async function readProfiles(settings: AwsSettings): Promise<Profiles> {
  return config().parseKnownFiles({ ...filesOf(settings), ignoreCache: true });
}

function filesOf({ sharedConfigFile, sharedCredentialsFile }: AwsSettings) {
  return {
    ...(sharedCredentialsFile !== undefined && { filepath: expandPath(sharedCredentialsFile) }),
    ...(sharedConfigFile !== undefined && { configFilepath: expandPath(sharedConfigFile) }),
  };
}

/** An error as the AWS SDK's own providers throw it. */
export function missingCredentials(message: string): Error {
  return new (config().CredentialsProviderError)(message, { tryNextLink: false });
}

// Loaded only where they are needed: each preview would pay for it.
function providers() {
  return require("@aws-sdk/credential-providers") as typeof import("@aws-sdk/credential-providers");
}

function config() {
  return require("@smithy/core/config") as typeof import("@smithy/core/config");
}
