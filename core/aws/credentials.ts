import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { checkAccount, restrictsAccount } from "./accountCheck";
import type { Credentials } from "./awsCredentials";
import { connectionConfig } from "./connectionConfig";
import { missingCredentials, profileCredentials } from "./profileCredentials";
import type { AssumeRoleSetting, AssumeRoleWithWebIdentity, AwsSettings } from "./settings";
import { accountOf, assumeRole, assumeRoleWithWebIdentity, type StsConfig } from "./sts";
import { expandPath } from "./transport";

/** Gives the credentials as they are now. */
export type CredentialsProvider = () => Promise<Credentials>;

/** The most time before their expiry at which credentials are renewed. */
const renewalMs = 300_000;
/** The time for which credentials without an expiry are kept. */
const maxAgeMs = 300_000;

const known = new Map<string, CredentialsProvider>();

/**
 * The credentials of the settings' identity, in the order of @pulumi/aws: its own keys; a web identity; the profile that
 * is named; the environment's keys and its web identity; the profile of `AWS_PROFILE`; the machine's role. The roles
 * come behind that.
 *
 * They are fetched once in this process, whatever the clients and regions, and renewed before they expire. What failed is
 * tried again.
 *
 * @param region - The region of STS where the settings have none.
 */
export function credentialsOf(settings: AwsSettings, region: string): CredentialsProvider {
  const stsRegion = settings.stsRegion ?? settings.region ?? region;
  const sts = (): StsConfig => connectionConfig("sts", settings, stsRegion);
  const { lookupRole, ...others } = settings;
  const identity = identityKey({ ...others, stsRegion });
  const first = shared(`${identity} first`, () => firstCredentials(settings, sts));
  const last = settings.assumeRoles.reduce(
    (source, role, index) =>
      shared(`${identity} role ${String(index)}`, () => async () => assumed(sts(), await source(), role)),
    first,
  );
  const allowed = restrictsAccount(settings)
    ? shared(`${identity} allowed`, () => ofAllowedAccount(settings, sts, last))
    : last;
  return lookupRole
    ? shared(`${identity} lookup ${digest(lookupRole)}`, () => async () => assumed(sts(), await allowed(), lookupRole))
    : allowed;
}

/** A key of the identity that the settings and the environment name. It contains no secret. */
export function identityKey(...parts: readonly unknown[]): string {
  const environment = Object.entries(process.env)
    // Not what is about the SDK alone, such as the variable that hides its advice for a moment.
    .filter(([name]) => /^(AWS_(?!SDK_)|HOME$|USERPROFILE$|https?_proxy$|no_proxy$)/i.test(name))
    .sort();
  return digest([parts, environment]);
}

function digest(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function shared(key: string, make: () => CredentialsProvider): CredentialsProvider {
  let provider = known.get(key);
  if (!provider) {
    const { memoizeIdentityProvider } = require("@smithy/core") as typeof import("@smithy/core");
    const fetch = make();
    let isDue = () => true;
    const memoized = memoizeIdentityProvider<Credentials>(
      // Not with what a client hands over: its region is not that of the others.
      async () => {
        const credentials = await fetch();
        if (credentials.expiration) {
          const expiresAt = credentials.expiration.getTime();
          // A source may have only short ones, or hand the same ones out until the end.
          const renewAt = expiresAt - Math.min(renewalMs, (expiresAt - Date.now()) / 2);
          isDue = () => Date.now() >= renewAt;
        } else {
          // A file or a variable may name others by then, in a process that lives on.
          const fetchedAt = performance.now();
          isDue = () => performance.now() - fetchedAt >= maxAgeMs;
        }
        return credentials;
      },
      () => isDue(),
      // Also those without an expiry.
      () => true,
    );
    provider = memoized ? () => memoized({}) : fetch;
    known.set(key, provider);
  }
  return provider;
}

function firstCredentials(settings: AwsSettings, sts: () => StsConfig): CredentialsProvider {
  const { assumeRoleWithWebIdentity: webIdentity, credentials, profile } = settings;
  return async () => {
    if (credentials) return { ...credentials, $source: { CREDENTIALS_CODE: "e" } };
    if (webIdentity) return withWebIdentity(sts(), webIdentity);
    if (profile === undefined) {
      const { env } = process;
      const accessKeyId = env.AWS_ACCESS_KEY_ID || env.AWS_ACCESS_KEY;
      const secretAccessKey = env.AWS_SECRET_ACCESS_KEY || env.AWS_SECRET_KEY;
      const sessionToken = env.AWS_SESSION_TOKEN;
      if (accessKeyId && secretAccessKey) {
        return {
          accessKeyId,
          secretAccessKey,
          ...(sessionToken && { sessionToken }),
          $source: { CREDENTIALS_ENV_VARS: "g" },
        };
      }
      if (env.AWS_WEB_IDENTITY_TOKEN_FILE) {
        if (!env.AWS_ROLE_ARN) throw missingCredentials("AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not");
        return withWebIdentity(sts(), {
          roleArn: env.AWS_ROLE_ARN,
          webIdentityTokenFile: env.AWS_WEB_IDENTITY_TOKEN_FILE,
          ...(env.AWS_ROLE_SESSION_NAME && { sessionName: env.AWS_ROLE_SESSION_NAME }),
        });
      }
    }
    return profileCredentials(settings, {
      sso: connectionConfig("sso", settings, ""),
      assumeRole: async (source, role) => assumed(sts(), source, role),
      withWebIdentity: async (role) => withWebIdentity(sts(), role),
    });
  };
}

function assumed(sts: StsConfig, source: Credentials, role: AssumeRoleSetting): Promise<Credentials> {
  return assumeRole(sts, source, {
    ...sessionInput(role),
    ...(role.externalId !== undefined && { ExternalId: role.externalId }),
    ...(role.sourceIdentity !== undefined && { SourceIdentity: role.sourceIdentity }),
    ...(role.tags && { Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })) }),
    ...(role.transitiveTagKeys && { TransitiveTagKeys: [...role.transitiveTagKeys] }),
  });
}

async function withWebIdentity(sts: StsConfig, role: AssumeRoleWithWebIdentity): Promise<Credentials> {
  return assumeRoleWithWebIdentity(sts, { ...sessionInput(role), WebIdentityToken: tokenOf(role) });
}

function tokenOf({ webIdentityToken, webIdentityTokenFile = "" }: AssumeRoleWithWebIdentity): string {
  if (webIdentityToken !== undefined) return webIdentityToken;
  try {
    return readFileSync(expandPath(webIdentityTokenFile), "ascii");
  } catch (error) {
    throw missingCredentials(`The web identity token can't be read: ${(error as Error).message}`);
  }
}

function sessionInput(role: AssumeRoleSetting | AssumeRoleWithWebIdentity) {
  return {
    RoleArn: role.roleArn,
    ...(role.sessionName !== undefined && { RoleSessionName: role.sessionName }),
    ...(role.durationSeconds !== undefined && { DurationSeconds: role.durationSeconds }),
    ...(role.policy !== undefined && { Policy: role.policy }),
    ...(role.policyArns && { PolicyArns: role.policyArns.map((arn) => ({ arn })) }),
  };
}

/** Asks STS whose account the credentials are of, once for each set of them: renewed ones may be of another. */
function ofAllowedAccount(
  settings: AwsSettings,
  sts: () => StsConfig,
  source: CredentialsProvider,
): CredentialsProvider {
  return async () => {
    const credentials = await source();
    checkAccount(await accountOf(sts(), credentials), settings);
    return credentials;
  };
}
