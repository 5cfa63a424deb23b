/** The treatment of a provider setting: `heeded`; refused, with an alternative; or without effect here, and why. */
type Treatment = "heeded" | { readonly refused: string } | { readonly noEffect: string };

/**
 * Every `aws:*` setting of @pulumi/aws 7. What changes the identity, the endpoint or the transport there is heeded here
 * or refused by name: the gate must not ask another account than the stack deploys to. A test compares this table with
 * the package's own list.
 */
export const awsProviderSettings = {
  accessKey: "heeded",
  allowedAccountIds: "heeded",
  assumeRoleWithWebIdentity: "heeded",
  assumeRoles: "heeded",
  customCaBundle: "heeded",
  defaultTags: { noEffect: "It tags resources; a lookup makes none." },
  ec2MetadataServiceEndpoint: {
    refused: "Set AWS_EC2_METADATA_SERVICE_ENDPOINT in the environment instead; @pulumi/aws reads it too.",
  },
  ec2MetadataServiceEndpointMode: {
    refused: "Set AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE in the environment instead; @pulumi/aws reads it too.",
  },
  endpoints: "heeded",
  forbiddenAccountIds: "heeded",
  httpProxy: "heeded",
  httpsProxy: "heeded",
  ignoreTags: { noEffect: "It is about the tags of resources." },
  insecure: {
    refused:
      "With it, anyone on the network path could fake a pass. Trust the certificate instead: set aws:customCaBundle or AWS_CA_BUNDLE.",
  },
  maxRetries: "heeded",
  noProxy: "heeded",
  profile: "heeded",
  region: "heeded",
  retryMode: "heeded",
  s3UsEast1RegionalEndpoint: { noEffect: "It is about Amazon S3." },
  s3UsePathStyle: { noEffect: "It is about Amazon S3." },
  secretKey: "heeded",
  sharedConfigFiles: "heeded",
  sharedCredentialsFiles: "heeded",
  skipCredentialsValidation: { noEffect: "A lookup validates no credentials beforehand." },
  skipMetadataApiCheck: "heeded",
  skipRegionValidation: { noEffect: "Any name that has the form of a region is taken." },
  skipRequestingAccountId: {
    noEffect: "The account is requested only for allowedAccountIds and forbiddenAccountIds, which need it.",
  },
  stsRegion: "heeded",
  tagPolicyCompliance: { noEffect: "It is about the tags of resources." },
  token: "heeded",
  tokenBucketRateLimiterCapacity: { noEffect: "It is about the retries of the AWS SDK for Go." },
  useDualstackEndpoint: "heeded",
  useFipsEndpoint: "heeded",
  userAgents: { noEffect: "It is a note for AWS's logs." },
} as const satisfies Readonly<Record<string, Treatment>>;

type Settings = typeof awsProviderSettings;

/** The name of a setting that is heeded. */
export type HeededSetting = {
  [Name in keyof Settings]: Settings[Name] extends "heeded" ? Name : never;
}[keyof Settings];
