import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ReportOptions } from "../provider/report";

/** What the configuration of each policy can set beside its enforcement level. */
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

/** The settings that {@link reportSettingsSchema} describes. */
export type ReportSettings = ReportOptions;
