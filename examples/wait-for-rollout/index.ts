import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as conformance from "pulumi-org-conformance";

// The pack, and the gate for what relies on it, in one program. AWS rolls the pack out after the update has put it, so the
// gate waits.
const config = new pulumi.Config();
const templateBody = `
Resources:
  RootAccountMfa:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: root-account-mfa-enabled
      Source:
        Owner: AWS
        SourceIdentifier: ROOT_ACCOUNT_MFA_ENABLED
`;
const pack = new aws.cfg.OrganizationConformancePack("baseline", {
  name: config.get("packName") ?? "security-baseline",
  templateBody,
});

const gate = new conformance.OrganizationConformancePackStatus(
  "gate",
  {
    name: pack.id,
    waitForSettled: { timeoutSeconds: 1_800, pollSeconds: config.getNumber("pollSeconds") ?? 15 },
    stuckAfterMinutes: 60,
    // A preview that is about to change the pack does not judge it as it was before. So the program that broke the pack can
    // also repair it.
    triggers: [pack.templateBody],
  },
  { dependsOn: pack },
);

export const verdict = gate.verdict;
export const failedAccounts = gate.failed.apply((rows) => rows.map(({ accountId }) => accountId));
