import * as pulumi from "@pulumi/pulumi";
import * as conformance from "pulumi-org-conformance";

// An account that the pack has not reached has no row, so no row says that it failed. AWS Organizations knows who should
// have one: every active account, except those that the pack, or this program, excludes.
const config = new pulumi.Config();
const gate = new conformance.OrganizationConformancePackStatus("gate", {
  name: config.get("packName") ?? "security-baseline",
  expectedAccounts: "organization",
  excludedAccounts: config.getObject<string[]>("excludedAccounts"),
});

export const verdict = gate.verdict;
export const missing = gate.missing.apply((accounts) =>
  accounts.map(({ accountId, accountName, region, cause }) => `${accountName ?? accountId} in ${region}: ${cause}`),
);
export const unexpected = gate.unexpected.apply((rows) =>
  rows.map(({ accountId, accountName, cause }) => `${accountName ?? accountId}: ${cause}`),
);
