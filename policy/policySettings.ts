import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ReportOptions } from "../core/gate/report";
import { reportChecks } from "../core/gate/reportChecks";
import type { Tolerance } from "../core/gate/tolerance";
import { toleranceCheck } from "../core/gate/toleranceCheck";
import { type Check, record } from "../core/checks/check";
import { quoted } from "../core/checks/quoted";

/**
 * A setting as the policy SDK takes it. It says what a setting is for, and of what it consists, and leaves it to the
 * policy's own check to refuse: the Pulumi CLI's would come first, name neither the value nor all that is allowed, and
 * print a key as it came.
 */
type Setting = PolicyConfigSchema["properties"][string];

/** `Tolerance`, described. */
const toleranceSetting: Setting = {
  description:
    "Exceptions: an object with accounts (a list of { accountId, reason, regions?, expires? as YYYY-MM-DD }), maxFailedAccounts, maxFailedPercent (0 to 100), inProgress and noSuchPack (each allow, warn or refuse). It replaces the resource's own tolerate.",
};

/** The settings of each policy with a report, beside its enforcement level: how much a violation lists. */
export const reportSettings = {
  maxAccountsShown: {
    description: "How many account ids a violation lists for one cause, 1 to 10,000. The others are counted.",
    default: 20,
  },
  maxGroupsShown: {
    description: "How many causes a violation lists, 1 to 1,000. The others are counted.",
    default: 10,
  },
} satisfies Record<keyof ReportOptions, Setting>;

/** The same, the exceptions, and how old a status may be: for the policies over status resources. */
export const policySettingsSchema = {
  properties: {
    ...reportSettings,
    tolerate: toleranceSetting,
    maxStatusAgeMinutes: {
      description:
        "How many minutes ago a status may have been looked up, 1 or more. Default: in this run. Set it to judge a saved state with pulumi policy analyze.",
    },
  },
} satisfies PolicyConfigSchema & { properties: Record<keyof PolicySettings, Setting> };

/** The settings that the schema describes. */
export interface PolicySettings extends ReportOptions {
  readonly tolerate?: Tolerance;
  readonly maxStatusAgeMinutes?: number;
}

/** The checks for `PolicySettings`. */
export const policySettingsCheck: Check = record({
  ...reportChecks,
  maxStatusAgeMinutes: (value, property) =>
    typeof value === "number" && value >= 1
      ? []
      : [{ property, reason: `${quoted(value)} is not a number of minutes, 1 or more.` }],
  tolerate: toleranceCheck,
} satisfies Record<keyof PolicySettings, Check>);
