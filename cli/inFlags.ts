/** Words for arguments of a program, and the flags that set the same. */
export const argumentFlags: readonly (readonly [argument: string, flag: string])[] = [
  [
    "regions: No region is set: pass regions, or set aws:region or AWS_REGION.",
    "No region is set: give --region, or set AWS_REGION.",
  ],
  [
    "It comes from aws:region, AWS_REGION, AWS_DEFAULT_REGION or the profile.",
    "It comes from AWS_REGION, AWS_DEFAULT_REGION or the profile.",
  ],
  [
    "Set credentials as for @pulumi/aws: aws:profile, the AWS_* environment variables,",
    "Set --profile, the AWS_* environment variables,",
  ],
  ["Without it, set aggregate: false;", "Without it, give --no-aggregate;"],
  ["Remove it from except.", "Remove it from --except."],
  ["give expectedAccounts as a list", "give --expected as a list"],
  ["raise waitForSettled.timeoutSeconds", "raise --timeout"],
  ["raise timeoutSeconds", "raise --timeout"],
  ["longer than timeoutSeconds allows", "longer than --timeout allows"],
  ["(aws:endpoints, AWS_ENDPOINT_URL)", "(--endpoint-url, AWS_ENDPOINT_URL)"],
  ["HTTPS_PROXY or aws:httpsProxy names", "HTTPS_PROXY names"],
  ["NO_PROXY or aws:noProxy names", "NO_PROXY names"],
  ["AWS_CA_BUNDLE or aws:customCaBundle", "AWS_CA_BUNDLE"],
];

/** The text of an error with flags instead of arguments, for those who have a command line and no program. */
export function inFlags(text: string): string {
  return argumentFlags.reduce((said, [argument, flag]) => said.replaceAll(argument, flag), text);
}
