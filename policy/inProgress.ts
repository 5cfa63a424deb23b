import type { PolicyRun } from "./policyRun";
import { statusPolicy } from "./statusPolicy";
import { policyNames } from "./policyNames";

/** Checks that AWS is done with a pack. */
export const inProgressPolicy = (run: PolicyRun) =>
  statusPolicy(run, {
    name: policyNames.inProgress,
    displayName: "Organization conformance pack: in progress",
    description: "Checks that no rollout of an organization conformance pack is in progress.",
    enforcementLevel: "advisory",
    violatedBy: ["IN_PROGRESS"],
  });
