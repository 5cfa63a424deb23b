import type { StackValidationPolicy } from "@pulumi/policy";
import { notJudged } from "./judgedResources";
import { readStatus } from "./readStatus";
import { type PolicySettings, reportSettingsSchema } from "./policySettings";
import { reportWhenViolated } from "./statusPolicy";

/**
 * What a run ends with is no failure either. It judges, at the end of the run, what no resource policy of this pack has
 * judged as it now is: because an argument was unknown, because it became another in the update, or because the policy
 * for it is not in the pack or is disabled.
 */
export const settled: StackValidationPolicy = {
  name: "organization-conformance-pack-settled",
  displayName: "Organization conformance pack: settled",
  description:
    "What a run leaves behind of an organization conformance pack is neither failed nor incomplete, also where it was unknown before.",
  enforcementLevel: "mandatory",
  configSchema: reportSettingsSchema,
  validateStack: (args, reportViolation) => {
    for (const { type, props, urn } of args.resources) {
      const reading = readStatus(type, props);
      // Unknown at the end of a preview: the update judges it. One such resource must not hide the others.
      if (reading.kind === "unreadable") reportViolation(reading.message, urn);
      if (reading.kind !== "status") continue;
      const verdicts = notJudged(urn, reading.status, ["FAILED", "INCOMPLETE"] as const);
      reportWhenViolated(reading.status, verdicts, args.getConfig<PolicySettings>(), (message) => {
        reportViolation(message, urn);
      });
    }
  },
};
