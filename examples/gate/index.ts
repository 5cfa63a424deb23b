import * as pulumi from "@pulumi/pulumi";
import * as conformance from "pulumi-org-conformance";

// Deploys a service only while the pack is healthy in every account. Run it with the policy pack:
//   pulumi preview --policy-pack ../../node_modules/pulumi-org-conformance/policy
const packName = new pulumi.Config().get("packName") ?? "security-baseline";
const gate = new conformance.OrganizationConformancePackStatus("gate", { name: packName });

// Stands for what you deploy.
class Service extends pulumi.ComponentResource {
  public constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("example:index:Service", name, {}, opts);
    this.registerOutputs({});
  }
}
new Service("api", { dependsOn: gate });

export const verdict = gate.verdict;
export const failed = gate.failed;
