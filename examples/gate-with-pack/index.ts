import * as aws from "@pulumi/aws";
import * as conformance from "pulumi-org-conformance";

// The pack itself, and the gate for what relies on it. The gate waits for the pack: on the first update its name is
// known only once the pack is created, and it is judged then.
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
