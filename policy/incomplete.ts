import type { ResourceValidationPolicy } from "@pulumi/policy";
import { readStatus } from "./readStatus";
import { reportSettingsSchema } from "./reportSettings";
import { statusPolicy } from "./statusPolicy";

const defaultMaxStatusAgeMinutes = 10;

const complete = statusPolicy({
  name: "organization-conformance-pack-incomplete",
  displayName: "Organization conformance pack: incomplete",
  description:
    "An organization conformance pack has members, every expected account is one of them, and each has a status that is known and was just looked up.",
  enforcementLevel: "mandatory",
  violatedBy: ["INCOMPLETE"],
  refusesUnreadable: true,
});

/**
 * Everything that a pass rests on is established, and was established by this run: a resource that a run leaves out
 * (`--target`) shows a status of an earlier one.
 */
export const incomplete: ResourceValidationPolicy = {
  ...complete,
  configSchema: {
    properties: {
      ...reportSettingsSchema.properties,
      maxStatusAgeMinutes: {
        type: "number",
        description:
          "How many minutes ago a status may have been looked up. Raise it to judge a saved state with pulumi policy analyze.",
        minimum: 1,
        default: defaultMaxStatusAgeMinutes,
      },
    },
  },
  validateResource: [
    ...[complete.validateResource ?? []].flat(),
    (args, reportViolation) => {
      const reading = readStatus(args.type, args.props);
      if (reading.kind !== "status") return;
      const { maxStatusAgeMinutes = defaultMaxStatusAgeMinutes } = args.getConfig<{ maxStatusAgeMinutes?: number }>();
      const ageMinutes = Math.abs(Date.now() - reading.lookedUpAt.getTime()) / 60_000;
      if (ageMinutes <= maxStatusAgeMinutes) return;
      reportViolation(
        `This status was looked up at ${reading.lookedUpAt.toISOString()}, not by this run.\n    Next: if the run has targets, add this resource to them (--target); to judge a saved state, run pulumi refresh first or raise maxStatusAgeMinutes.`,
      );
    },
  ],
};
