import type { PolicyRun } from "./policyRun";
import { statusPolicy } from "./statusPolicy";
import { policyNames } from "./policyNames";

/** Checks that everything a pass rests on could be verified. */
export const incompletePolicy = (run: PolicyRun) =>
  statusPolicy(run, {
    name: policyNames.incomplete,
    displayName: "Organization conformance pack: incomplete",
    description:
      "Checks that an organization conformance pack has members, that every expected account is one of them, and that the status of each is known.",
    enforcementLevel: "mandatory",
    violatedBy: ["INCOMPLETE"],
  });
