import type { AwsSettings } from "./settings";

/**
 * The identity and the endpoints that the settings name, as a text without a secret: the same for settings that look as
 * the same caller at the same place, in one environment.
 */
export function settingsIdentity(settings: AwsSettings): string {
  const { assumeRoles, assumeRoleWithWebIdentity, credentials, endpoints, profile } = settings;
  const { sharedConfigFile, sharedCredentialsFile } = settings;
  return JSON.stringify({
    accessKeyId: credentials?.accessKeyId,
    profile,
    roleArnByWebIdentity: assumeRoleWithWebIdentity?.roleArn,
    roleArns: assumeRoles.map(({ roleArn }) => roleArn),
    sharedConfigFile,
    sharedCredentialsFile,
    endpoints,
  });
}
