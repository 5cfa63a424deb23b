import { failureNextStep, failureNextSteps, saysInactive } from "../../../core/gate/failureNextSteps";

/** The step for each code of AWS: one row a code, and one a cause where a code has several. */
const cases: readonly (readonly [code: string, message: string | undefined, step: RegExp])[] = [
  ["NoAvailableConfigurationRecorder", undefined, /^turn the AWS Config recorder on/],
  ["NoSuchConfigurationRecorder", undefined, /^turn the AWS Config recorder on/],
  ["NoRunningConfigurationRecorder", undefined, /^start the AWS Config recorder/],
  ["NoAvailableDeliveryChannel", undefined, /valid delivery channel/],
  ["NoSuchDeliveryChannel", undefined, /valid delivery channel/],
  ["InvalidDeliveryChannel", undefined, /valid delivery channel/],
  ["InvalidDeliveryChannelName", undefined, /valid delivery channel/],
  ["NoSuchBucket", undefined, /DeliveryS3Bucket.*awsconfigconforms/],
  ["InsufficientDeliveryPolicy", undefined, /delivery bucket's policy.*s3:PutObject/],
  ["InvalidS3KeyPrefix", undefined, /DeliveryS3KeyPrefix/],
  ["InvalidS3KmsKeyArn", undefined, /KMS key/],
  ["KMSAccessDenied", undefined, /KMS key/],
  ["KMS.AccessDenied", undefined, /KMS key/],
  ...["InsufficientPermissions", "AccessDenied", "UnauthorizedOperation"].flatMap(
    (code) =>
      [
        [code, "The AWS Lambda function arn:aws:lambda:x cannot be invoked.", /Lambda function/],
        [code, "You do not have permission to call ssm:GetDocument.", /ssm:GetDocument/],
        [code, "Not allowed to use the SSM document Pack.", /SSM document/],
        [code, "Denied: kms:Decrypt.", /KMS key/],
        [code, "You do not have permission to read Amazon S3 bucket.", /bucket's policy/],
        [code, "An AWS service owns ServiceLinkedConfigRule.", /CloudFormation stack/],
      ] as const,
  ),
  ["InsufficientPermissions", undefined, /AWSServiceRoleForConfigConforms exists/],
  [
    "InsufficientPermissions",
    "You do not have permission to call IAM GetRole.",
    /AWSServiceRoleForConfigConforms exists/,
  ],
  ["AccessDenied", undefined, /service control policy/],
  ["UnauthorizedOperation", undefined, /service control policy/],
  ["ConformancePackTemplateValidation", undefined, /pack's template/],
  ["OrganizationConformancePackTemplateValidation", undefined, /pack's template/],
  ["InvalidParameterValue", undefined, /parameters or template/],
  ["Validation", undefined, /parameters or template/],
  ["ResourceInUse", undefined, /another operation/],
  ["ResourceConcurrentModification", undefined, /another operation/],
  ["OperationInProgress", undefined, /another operation/],
  ["RemediationInProgress", undefined, /remediation action/],
  ["LimitExceeded", undefined, /raise the quota in/],
  ["MaxNumberOfConfigRulesExceeded", undefined, /quota of Config rules/],
  ["MaxNumberOfOrganizationConfigRulesExceeded", undefined, /quota of Config rules/],
  ["MaxNumberOfConformancePacksExceeded", undefined, /these accounts.*remove packs|quota of conformance packs in/],
  ["MaxNumberOfOrganizationConformancePacksExceeded", undefined, /organization's quota/],
  ["OrganizationAccessDenied", undefined, /delegated administrator/],
  ["NoAvailableOrganization", undefined, /belongs to an organization/],
  ["OrganizationAllFeaturesNotEnabled", undefined, /all features/],
  ["NoSuchConformancePack", undefined, /no longer finds/],
  ["NoSuchConfigRule", undefined, /no longer finds/],
  ["NoSuchRemediationConfiguration", undefined, /no longer finds/],
  ["Throttling", undefined, /too many requests/],
  ["TooManyRequests", undefined, /too many requests/],
  ["RequestLimitExceeded", undefined, /too many requests/],
  ["Internal", undefined, /AWS Support/],
  ["InternalServer", undefined, /AWS Support/],
  ["InternalService", undefined, /AWS Support/],
  ["InternalFailure", undefined, /AWS Support/],
  ["ServiceUnavailable", undefined, /AWS Support/],
  ["Service", undefined, /AWS Support/],
];

test.each(cases)("%s (%s) has a next step, with and without the ending Exception", (code, message, step) => {
  for (const errorCode of [code, `${code}Exception`]) {
    expect(failureNextStep({ errorCode, ...(message !== undefined && { errorMessage: message }) })).toMatch(step);
  }
});

test("every row of the table has a case here", () => {
  const tested = new Set(
    cases.map(([errorCode, message]) =>
      failureNextStep({ errorCode, ...(message !== undefined && { errorMessage: message }) }),
    ),
  );
  expect(failureNextSteps.map(({ step }) => step).filter((step) => !tested.has(step))).toEqual([]);
  const codes = new Set(cases.map(([code]) => code));
  expect(failureNextSteps.flatMap((row) => row.codes).filter((code) => !codes.has(code))).toEqual([]);
});

test.each([
  ["Configuration recorder is not available in this region.", /^turn the AWS Config recorder on/],
  ["The configuration recorder is not running.", /^start the AWS Config recorder/],
  ["There is no delivery channel.", /valid delivery channel/],
  ["The specified bucket does not exist", /DeliveryS3Bucket/],
  ["User x is not authorized to perform: lambda:AddPermission", /Lambda function/],
  ["Access Denied by an SCP", /service control policy/],
  ["The template is invalid: Resources", /pack's template/],
  ["Rate exceeded", /too many requests/],
  ["Limit exceeded for rules", /raise the quota/],
  ["Internal error", /AWS Support/],
  ["Something else.", /^open AWS Config in one of these accounts/],
])("without a known code, AWS's words %j decide the step", (errorMessage, step) => {
  expect(failureNextStep({ errorMessage })).toMatch(step);
  expect(failureNextStep({ errorCode: "SomethingNew", errorMessage })).toMatch(step);
});

test.each([
  [{ errorMessage: "Account 222222222222 is suspended." }, true],
  [{ errorMessage: "The account has been closed" }, true],
  [{ errorMessage: "This operation is not possible in a suspended account." }, true],
  [{ errorCode: "AccountSuspendedException" }, true],
  [{ errorMessage: "The configuration recorder of the account is not running." }, false],
  [{ errorMessage: "The account is not authorized." }, false],
  [{ errorMessage: `account ${"1".repeat(1_000_000)}` }, false],
  [{}, false],
])("whether AWS's words %.60j mean a closed account is %p", (failure, closed) => {
  expect(saysInactive(failure)).toBe(closed);
});
