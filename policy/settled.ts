import type { StackValidationPolicy } from "@pulumi/policy";
import { wasJudged } from "./judgedResources";
import { readStatus } from "./readStatus";
import { type ReportSettings, reportSettingsSchema } from "./reportSettings";
import { reportWhenViolated } from "./statusPolicy";

/**
 * What a run ends with is no failure either. It judges, at the end of the run, each status that no resource policy
 * of this pack has seen as it now is: because an argument was unknown, or because it became another in the update.
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
      if (reading.kind !== "status" || wasJudged(urn, reading.status)) continue;
      reportWhenViolated(reading.status, ["FAILED", "INCOMPLETE"], args.getConfig<ReportSettings>(), (message) => {
        reportViolation(message, urn);
      });
    }
  },
};
