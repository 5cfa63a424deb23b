import type { HeededSetting } from "../../core/aws/awsProviderSettings";
import type { roleFields } from "../../core/aws/roleSettings";
import type { ObjectTypeSpec, PropertySpec, TypeSpec } from "./schemaSpecs";

const text: TypeSpec = { type: "string" };
const texts: TypeSpec = { type: "array", items: text };
const flag: TypeSpec = { type: "boolean" };

/** The object types of the provider's settings, by the names that they have in @pulumi/aws. */
export function providerTypes(packageName: string): Readonly<Record<string, ObjectTypeSpec>> {
  return {
    [`${packageName}:index:ProviderAssumeRole`]: {
      type: "object",
      description: "A role that is assumed.",
      properties: assumeRoleProperties,
      required: ["roleArn"],
    },
    [`${packageName}:index:ProviderAssumeRoleWithWebIdentity`]: {
      type: "object",
      description: "A role that is assumed with a token of an identity provider.",
      properties: webIdentityProperties,
      required: ["roleArn"],
    },
    [`${packageName}:index:ProviderEndpoint`]: {
      type: "object",
      description: "Custom endpoints. Each is a URL that starts with http:// or https://.",
      properties: endpointProperties,
    },
  };
}

const duration: PropertySpec = {
  ...text,
  description:
    "The duration of the session, in Go's notation: `1h`, `900s`. From 15 minutes to 12 hours. Default: `1h`.",
};
const policy: PropertySpec = { ...text, description: "An IAM policy, as JSON text, that restricts the session." };
const policyArns: PropertySpec = { ...texts, description: "The ARNs of IAM policies that restrict the session." };
const roleArn: PropertySpec = { ...text, description: "The role's ARN." };
const sessionName: PropertySpec = {
  ...text,
  description: "The session's name. Default `pulumi-org-conformance`.",
};

const assumeRoleProperties = {
  roleArn,
  externalId: { ...text, description: "The external id that the role asks for. It is in no message.", secret: true },
  sessionName,
  duration,
  policy,
  policyArns,
  sourceIdentity: { ...text, description: "The source identity of the session." },
  tags: { type: "object", additionalProperties: text, description: "The tags of the session." },
  transitiveTagKeys: { ...texts, description: "The tags that the next role's session gets too." },
} satisfies Record<keyof typeof roleFields.assumeRoles, PropertySpec>;

const webIdentityProperties = {
  roleArn,
  webIdentityToken: {
    ...text,
    description: "The token itself. It is used before `webIdentityTokenFile`; one of the two is required.",
    secret: true,
  },
  webIdentityTokenFile: { ...text, description: "The path of the file that contains the token." },
  sessionName,
  duration,
  policy,
  policyArns,
} satisfies Record<keyof typeof roleFields.assumeRoleWithWebIdentity, PropertySpec>;

const endpointProperties: Readonly<Record<string, PropertySpec>> = {
  configservice: { ...text, description: "The endpoint of AWS Config." },
  organizations: { ...text, description: "The endpoint of AWS Organizations." },
  sts: { ...text, description: "The endpoint of AWS STS." },
};

/** The settings of the provider: those of `aws:*` that a lookup heeds, without the prefix. */
export function providerSettings(packageName: string): Readonly<Record<HeededSetting, PropertySpec>> {
  const reference = (name: string): TypeSpec => ({ $ref: `#/types/${packageName}:index:${name}` });
  return {
    region: {
      ...text,
      description:
        "The region, unless `regions` is given. Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, then the profile's region.",
    },
    profile: {
      ...text,
      description:
        "The profile of the shared AWS files. If it does not exist, the lookup fails. Default: `AWS_PROFILE`, then `default`.",
    },
    accessKey: { ...text, description: "The access key id. It goes with `secretKey`.", secret: true },
    secretKey: { ...text, description: "The secret access key. It goes with `accessKey`.", secret: true },
    token: { ...text, description: "The session token of temporary credentials.", secret: true },
    assumeRoleWithWebIdentity: {
      ...reference("ProviderAssumeRoleWithWebIdentity"),
      description: "A role that is assumed with a token of an identity provider, instead of a profile.",
      secret: true,
    },
    assumeRoles: {
      type: "array",
      items: reference("ProviderAssumeRole"),
      description: "Roles that are assumed one after the other. `assumeRole` of a lookup comes last.",
      secret: true,
    },
    allowedAccountIds: {
      ...texts,
      description:
        "The accounts that the credentials may be of, 12 digits each. Default: any. The account of a lookup's `assumeRole` is not checked.",
    },
    forbiddenAccountIds: {
      ...texts,
      description: "The accounts that the credentials must not be of, 12 digits each. Default: none.",
    },
    sharedConfigFiles: {
      ...texts,
      description: "The shared config file: a list with one path. Default: `AWS_CONFIG_FILE`, then `~/.aws/config`.",
    },
    sharedCredentialsFiles: {
      ...texts,
      description:
        "The shared credentials file: a list with one path. Default: `AWS_SHARED_CREDENTIALS_FILE`, then `~/.aws/credentials`.",
    },
    skipMetadataApiCheck: {
      ...flag,
      description: "`true` leaves out the role of an EC2 instance. Default: `AWS_EC2_METADATA_DISABLED`.",
    },
    endpoints: {
      type: "array",
      items: reference("ProviderEndpoint"),
      description:
        "Custom endpoints; the last entry that names a service counts. Default: `AWS_ENDPOINT_URL_CONFIG_SERVICE` and the like, then `AWS_ENDPOINT_URL`.",
    },
    stsRegion: { ...text, description: "The region of AWS STS. Default: `region`." },
    maxRetries: {
      type: "integer",
      description: "How often a request is repeated, 0 to 9999. Default: `AWS_MAX_ATTEMPTS` - 1, then 9.",
    },
    retryMode: {
      ...text,
      description: "`adaptive` or `standard`. Default: `AWS_RETRY_MODE`, then `adaptive`.",
    },
    useFipsEndpoint: {
      ...flag,
      description:
        "`true` uses FIPS endpoints. Default: `AWS_USE_FIPS_ENDPOINT`, then the shared config file, then `false`.",
    },
    useDualstackEndpoint: {
      ...flag,
      description:
        "`true` uses endpoints for IPv4 and IPv6. Default: `AWS_USE_DUALSTACK_ENDPOINT`, then the shared config file, then `false`.",
    },
    customCaBundle: {
      ...text,
      description: "The path of a PEM file of root certificates. Default: `AWS_CA_BUNDLE`.",
    },
    httpProxy: {
      ...text,
      description:
        "The URL of a proxy, also for HTTPS if no HTTPS proxy is set; an empty one is none. Default: `HTTP_PROXY`.",
      secret: true,
    },
    httpsProxy: {
      ...text,
      description: "The URL of a proxy for HTTPS; an empty one is none. Default: `HTTPS_PROXY`.",
      secret: true,
    },
    noProxy: {
      ...text,
      description: "Hosts that are reached without a proxy, separated by commas. Default: `NO_PROXY`.",
    },
  };
}
