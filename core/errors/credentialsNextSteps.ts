import type { CredentialsSource } from "./credentialsSource";

const renewed: Readonly<Record<CredentialsSource, string>> = {
  container: "The platform renews these by itself: check that the container's role still exists.",
  environment:
    "Set new values for AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, in CI right before this step, or ask for a longer session.",
  instance: "The platform renews these by itself: check that the instance's role still exists.",
  login: "Run aws login for the profile, and the command again.",
  process: "Have the profile's credential_process return new ones, and run the command again.",
  profile: "Write new ones into the profile, and run the command again.",
  settings: "Set new values for aws:accessKey, aws:secretKey and aws:token, and run the command again.",
  sso: "Run aws sso login for the profile, and the command again.",
  webIdentity:
    "Get a new token from the identity provider, in CI in this job and right before this step, and run the command again.",
};

/** The next step for credentials that have expired. */
export function expiredNextStep(source: CredentialsSource | undefined): string {
  const step = source
    ? renewed[source]
    : "Get new ones where these come from, in CI in this job and right before this step, or ask for a longer session, and run the command again.";
  return `${step} If they are new, check this machine's clock.`;
}

/** The next step where there are no credentials. */
export function missingNextStep(source: CredentialsSource | undefined): string {
  if (source === "process") {
    return "Run the profile's credential_process by hand: it failed, or did not print the JSON that AWS documents.";
  }
  const step =
    "Set credentials as for @pulumi/aws: aws:profile, the AWS_* environment variables, or a role of the machine.";
  return source === "profile"
    ? `Check that the profile exists in the AWS configuration files and is complete, or name another one. ${step}`
    : step;
}

/** The regions that every account has. All others of the partition `aws` are opt-in; the list is closed since 2019. */
const alwaysEnabled: ReadonlySet<string> = new Set([
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
  ...["ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"],
]);

/** The codes with which AWS also answers credentials of an account that has not enabled the region. */
const unknownToRegion: ReadonlySet<string> = new Set([
  "AuthFailure",
  "InvalidClientTokenId",
  "UnrecognizedClientException",
]);

/**
 * The next step for credentials that AWS refuses.
 *
 * @param code - AWS's.
 * @param acceptedIn - Regions that accept the same credentials.
 */
export function refusedNextStep(
  code: string | undefined,
  region: string | undefined,
  acceptedIn: readonly string[] = [],
): string {
  const check = "Check the access key, the session token and this machine's clock.";
  if (region === undefined || code === undefined || !unknownToRegion.has(code)) return check;
  const enable = `check that ${region} is enabled for the account, and that the session token is not one of the global STS endpoint, which regions that have to be enabled do not accept.`;
  if (acceptedIn.length > 0) {
    return `The same credentials are accepted in ${acceptedIn.join(", ")}: ${enable}`;
  }
  return isAlwaysEnabled(region)
    ? `${check} If other regions accept them, ${enable}`
    : `An account has to enable ${region} before it can be used: ${enable} ${check}`;
}

/** Other partitions have no opt-in. */
function isAlwaysEnabled(region: string): boolean {
  return alwaysEnabled.has(region) || /^(cn|eusc|us-gov|us-iso\w*|eu-iso\w*)-/.test(region);
}
