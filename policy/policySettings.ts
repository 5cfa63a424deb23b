import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ReportOptions } from "../provider/report";

/** What the configuration of each policy can set beside its enforcement level: how much a violation lists. */
export const reportSettingsSchema: PolicyConfigSchema = {
  properties: {
    maxAccountsShown: {
      type: "integer",
      description: "How many account ids a violation lists for one cause. The others are counted.",
      minimum: 1,
      maximum: 10_000,
      default: 20,
    },
    maxGroupsShown: {
      type: "integer",
      description: "How many causes a violation lists. The others are counted.",
      minimum: 1,
      maximum: 1_000,
      default: 10,
    },
  },
};

/** The same, for a policy that refuses a status of an earlier run. */
export const policySettingsSchema: PolicyConfigSchema = {
  properties: {
    ...reportSettingsSchema.properties,
    maxStatusAgeMinutes: {
      type: "number",
      description:
        "How many minutes ago a status may have been looked up. Default: in this run. Set it to judge a saved state with pulumi policy analyze.",
      minimum: 1,
    },
  },
};

/** The settings that the schemas describe. */
export interface PolicySettings extends ReportOptions {
  readonly maxStatusAgeMinutes?: number;
}
