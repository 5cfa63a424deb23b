import * as pulumi from "@pulumi/pulumi";
import * as conformance from "pulumi-org-conformance";

// Looks up and exports the status of a pack in every account. Nothing is gated.
const packName = new pulumi.Config().get("packName") ?? "security-baseline";
const status = conformance.getOrganizationConformancePackStatusOutput({ name: packName });

export const verdict = status.verdict;
export const counts = status.counts;
export const failedAccounts = status.failed.apply((rows) =>
  rows.map(({ accountId, errorCode }) => `${accountId}: ${errorCode ?? "no code"}`),
);
