import * as pulumi from "@pulumi/pulumi";
import * as conformance from "pulumi-org-conformance";

// A pack is regional, so an organization has one of the same name in each of its regions. The gate reads them at the same
// time. It refuses if a single region does not answer.
const config = new pulumi.Config();
const gate = new conformance.OrganizationConformancePackStatus("gate", {
  name: config.get("packName") ?? "security-baseline",
  regions: config.getObject<string[]>("regions") ?? ["us-east-1", "eu-west-1", "ap-southeast-2"],
  failOn: "notPassed",
});

export const verdict = gate.verdict;
export const byRegion = gate.regionStatuses.apply((regions) =>
  regions.map(({ region, counts, aggregate, error }) => ({
    region,
    accounts: counts.total,
    failed: counts.failed,
    aggregate: aggregate?.status ?? error,
  })),
);
