import type { PolicyRun } from "./policyRun";
import { statusPolicy } from "./statusPolicy";
import { policyNames } from "./policyNames";

/**
 * Checks member accounts for failures. It also reports what can't be judged yet, since a resource without a status may
 * hide a failure.
 */
export const memberFailedPolicy = (run: PolicyRun) =>
  statusPolicy(run, {
    name: policyNames.memberFailed,
    displayName: "Organization conformance pack: member failed",
    description: "Checks that no member account of an organization conformance pack has failed.",
    enforcementLevel: "mandatory",
    violatedBy: ["FAILED"],
    reportsUnknown: true,
  });
