import * as aws from "@pulumi/aws";
import * as conformance from "pulumi-org-conformance";

// The pack, and the gate for what relies on it. On the first update, the pack's name is known only once the pack exists. The
// gate looks it up then.
const pack = new aws.cfg.OrganizationConformancePack("baseline", {
  name: "security-baseline",
  templateBody: `
Resources:
  RootAccountMfa:
    Type: AWS::Config::ConfigRule
    Properties:
      ConfigRuleName: root-account-mfa-enabled
      Source:
        Owner: AWS
        SourceIdentifier: ROOT_ACCOUNT_MFA_ENABLED
`,
});

export const gate = new conformance.OrganizationConformancePackStatus("gate", { name: pack.id }, { dependsOn: pack });

export const verdict = gate.verdict;
export const failedAccounts = gate.failed.apply((rows) => rows.map(({ accountId }) => accountId));
