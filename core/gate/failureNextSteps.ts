import type { MemberStatus } from "../status/memberStatus";

/** The next step for a failure: the first entry with its code whose `words` match AWS's. */
export interface FailureNextStep {
  /** AWS's codes, without the ending `Exception`. */
  readonly codes: readonly string[];
  /** Set for codes that AWS uses for several things. */
  readonly words?: RegExp;
  readonly step: string;
}

type Failure = Pick<MemberStatus, "errorCode" | "errorMessage">;

const deployAgain = "then deploy the pack again.";
const denied = ["InsufficientPermissions", "AccessDenied", "UnauthorizedOperation"];

/**
 * AWS source: the errors of `PutConformancePack`, `PutOrganizationConformancePack`, `DeleteConformancePack`, and of what
 * these do in an account (`PutConfigRule`, `PutRemediationConfigurations`, writing to the delivery bucket); and
 * "Troubleshooting for Conformance Packs" of the AWS Config developer guide.
 */
export const failureNextSteps: readonly FailureNextStep[] = [
  {
    codes: ["NoAvailableConfigurationRecorder", "NoSuchConfigurationRecorder"],
    step: "turn the AWS Config recorder on in these accounts and regions. AWS retries for only 7 hours; after that, deploy the pack again.",
  },
  {
    codes: ["NoRunningConfigurationRecorder"],
    step: `start the AWS Config recorder in these accounts and regions, ${deployAgain}`,
  },
  {
    codes: [
      "NoAvailableDeliveryChannel",
      "NoSuchDeliveryChannel",
      "InvalidDeliveryChannel",
      "InvalidDeliveryChannelName",
    ],
    step: `give AWS Config a valid delivery channel in these accounts and regions, ${deployAgain}`,
  },
  {
    codes: ["NoSuchBucket"],
    step: `create the bucket, or correct the pack's DeliveryS3Bucket (for an organization, its name starts with awsconfigconforms), ${deployAgain}`,
  },
  {
    codes: ["InsufficientDeliveryPolicy"],
    step: `update the delivery bucket's policy to allow AWSServiceRoleForConfigConforms of these accounts s3:GetBucketAcl, s3:GetObject and s3:PutObject, ${deployAgain}`,
  },
  {
    codes: ["InvalidS3KeyPrefix"],
    step: `correct the pack's DeliveryS3KeyPrefix, ${deployAgain}`,
  },
  {
    codes: ["InvalidS3KmsKeyArn", "KMSAccessDenied", "KMS.AccessDenied"],
    step: `update the policy of the delivery bucket's KMS key to allow AWS Config and these accounts to use it, ${deployAgain}`,
  },
  {
    codes: denied,
    words: /\blambda\b/i,
    step: `check that the Lambda function of the rule exists in these regions, and that its permissions let config.amazonaws.com invoke it for these accounts, ${deployAgain}`,
  },
  {
    codes: denied,
    words: /\bssm\b|systems manager/i,
    step: `share the SSM document with these accounts, and check that nothing denies them ssm:GetDocument, ${deployAgain}`,
  },
  {
    codes: denied,
    words: /\bkms\b/i,
    step: `update the KMS key's policy to allow these accounts to use it, ${deployAgain}`,
  },
  {
    codes: denied,
    words: /\bs3\b|\bbucket\b/i,
    step: `update the bucket's policy to allow AWSServiceRoleForConfigConforms of these accounts what AWS says, ${deployAgain}`,
  },
  {
    codes: denied,
    words: /owns ServiceLinkedConfigRule/i,
    step: `the pack's rules no longer match its CloudFormation stack (awsconfigconforms-…) in these accounts: undo what was changed in the stack, ${deployAgain}`,
  },
  {
    codes: ["InsufficientPermissions"],
    step: `check that AWSServiceRoleForConfigConforms exists in these accounts and that no service control policy denies it, ${deployAgain}`,
  },
  {
    codes: denied,
    step: `check that no service control policy or resource policy denies AWSServiceRoleForConfigConforms of these accounts what AWS says, ${deployAgain}`,
  },
  {
    codes: ["ConformancePackTemplateValidation", "OrganizationConformancePackTemplateValidation"],
    step: `correct the pack's template as AWS says, ${deployAgain}`,
  },
  {
    codes: ["InvalidParameterValue", "Validation"],
    step: `correct the pack's parameters or template as AWS says, ${deployAgain}`,
  },
  {
    codes: ["ResourceInUse", "ResourceConcurrentModification", "OperationInProgress"],
    step: `another operation on the pack was running in these accounts: wait until it is over, ${deployAgain}`,
  },
  {
    codes: ["RemediationInProgress"],
    step: `a remediation action of the pack is running in these accounts: wait until it is over, ${deployAgain}`,
  },
  {
    codes: ["LimitExceeded"],
    step: `raise the quota in these accounts, or remove what is no longer needed, ${deployAgain}`,
  },
  {
    codes: ["MaxNumberOfConfigRulesExceeded", "MaxNumberOfOrganizationConfigRulesExceeded"],
    step: `raise the quota of Config rules in these accounts, or remove rules, ${deployAgain}`,
  },
  {
    codes: ["MaxNumberOfConformancePacksExceeded"],
    step: `raise the quota of conformance packs in these accounts, or remove packs, ${deployAgain}`,
  },
  {
    codes: ["MaxNumberOfOrganizationConformancePacksExceeded"],
    step: `raise the organization's quota of conformance packs, or remove packs, ${deployAgain}`,
  },
  {
    codes: ["OrganizationAccessDenied"],
    step: `deploy the pack from the management account, or from a delegated administrator for config-multiaccountsetup.amazonaws.com, with organizations:ListDelegatedAdministrators and organizations:EnableAWSServiceAccess.`,
  },
  {
    codes: ["NoAvailableOrganization"],
    step: `deploy the pack from an account that belongs to an organization.`,
  },
  {
    codes: ["OrganizationAllFeaturesNotEnabled"],
    step: `enable all features in AWS Organizations, ${deployAgain}`,
  },
  {
    codes: ["NoSuchConformancePack", "NoSuchConfigRule", "NoSuchRemediationConfiguration"],
    step: "AWS no longer finds the pack, or a part of it, in these accounts: deploy the pack again, or delete it again if it is to go.",
  },
  {
    codes: ["Throttling", "TooManyRequests", "RequestLimitExceeded"],
    step: "AWS had too many requests at once: deploy the pack again, and fewer packs at the same time.",
  },
  {
    codes: ["Internal", "InternalServer", "InternalService", "InternalFailure", "ServiceUnavailable", "Service"],
    step: "look at the events of the CloudFormation stack awsconfigconforms-… in one of these accounts, among the deleted stacks too, and deploy the pack again; if it happens again, ask AWS Support.",
  },
];

/** The code that AWS's words stand for, where the code itself is unknown. */
const codesByWords: readonly (readonly [RegExp, string])[] = [
  [/recorder\b.*\bnot running|\bno running configuration recorder/i, "NoRunningConfigurationRecorder"],
  [
    /\bno (available )?configuration recorder|recorder\b.*\bnot (available|found|exist)/i,
    "NoAvailableConfigurationRecorder",
  ],
  [/delivery channel/i, "NoAvailableDeliveryChannel"],
  [/\bno such (s3 )?bucket|bucket\b.*\b(not exist|not found)/i, "NoSuchBucket"],
  [/not authorized|access denied|explicit deny|insufficient permission|not have (the )?permission/i, "AccessDenied"],
  [
    /template\b.*\b(not valid|invalid|validation)|(invalid|malformed)\b.*\btemplate/i,
    "ConformancePackTemplateValidation",
  ],
  [/rate exceeded|throttl/i, "Throttling"],
  [/limit exceeded|exceed\w*\b.*\b(limit|quota)/i, "LimitExceeded"],
  [/internal (service )?(error|failure)/i, "Internal"],
];

const unknownNextStep = "open AWS Config in one of these accounts, correct what AWS says, then deploy the pack again.";

/** The next step where an account is closed: nobody can open AWS Config in it. */
export const inactiveNextStep =
  "these accounts are closed, suspended or not activated yet, so nothing can be repaired in them: list them in ExcludedAccounts when the pack is put, or make an exception for them (tolerate.accounts).";

/** The next step for a failed row. */
export function failureNextStep({ errorCode, errorMessage }: Failure): string {
  const given = withoutEnding(errorCode ?? "");
  const words = headOf(errorMessage);
  const code = isKnown(given) ? given : codesByWords.find(([pattern]) => pattern.test(words))?.[1];
  return (code !== undefined && stepOf(code, words)) || unknownNextStep;
}

/** The next step for a failure of the whole pack; `undefined` when its code is not about the organization. */
export function packNextStep({ errorCode = "" }: { readonly errorCode?: string }): string | undefined {
  const code = withoutEnding(errorCode);
  return code.includes("Organization") ? stepOf(code, "") : undefined;
}

/** True if AWS's words say that the account is closed or suspended, for lookups without AWS Organizations. */
export function saysInactive({ errorCode = "", errorMessage }: Failure): boolean {
  const words = headOf(errorMessage);
  return (
    /^Account(Closed|Inactive|NotActive|Suspended)/.test(errorCode) ||
    /\b(closed|suspended) (aws |member )?account\b/i.test(words) ||
    /\baccount\b( \W?\d{12}\W?)? (is|was|has been) (currently )?(closed|inactive|not active|pending closure|suspended)\b/i.test(
      words,
    )
  );
}

/** The part that is searched: AWS's text may be of any length. */
function headOf(errorMessage = ""): string {
  return errorMessage.slice(0, 1_000);
}

function stepOf(code: string, message: string): string | undefined {
  return failureNextSteps.find(({ codes, words }) => codes.includes(code) && (words?.test(message) ?? true))?.step;
}

function isKnown(code: string): boolean {
  return failureNextSteps.some(({ codes }) => codes.includes(code));
}

/** AWS writes some codes with an ending and without. */
function withoutEnding(code: string): string {
  return code.replace(/(?<=.)(Exception|Error)$/, "");
}
