import type { PolicyConfigSchema } from "@pulumi/policy";
import type { ReportOptions } from "../provider/report";
import { handlings, type Tolerance, toleranceCheck } from "../provider/tolerance";
import { type Check, integer, record, shown } from "../provider/validation";

/** A JSON schema, as the policy SDK takes it; it has a type for it without a public name. */
export type JsonSchema = PolicyConfigSchema["properties"][string];

const accountId: JsonSchema = { type: "string", pattern: "^\\d{12}$" };
const regions: JsonSchema = { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true };

/** `Tolerance` as a schema. */
export const toleranceSchema: JsonSchema = {
  type: "object",
  description:
    "What is let pass on purpose: accounts with a reason and an expiry, and limits. It takes the place of the resource's own tolerate.",
  properties: {
    accounts: {
      type: "array",
      items: {
        type: "object",
        properties: {
          accountId,
          regions,
          reason: { type: "string", description: "Why, and who decided it.", minLength: 1, maxLength: 500 },
          expires: {
            type: "string",
            description: "The last day, UTC, as YYYY-MM-DD.",
            pattern: "^\\d{4}-\\d{2}-\\d{2}$",
          },
        },
        required: ["accountId", "reason"],
        additionalProperties: false,
      },
    },
    maxFailedAccounts: { type: "integer", minimum: 0 },
    maxFailedPercent: { type: "number", minimum: 0, maximum: 100 },
    inProgress: { type: "string", enum: [...handlings] },
    noSuchPack: { type: "string", enum: [...handlings] },
  },
  additionalProperties: false,
};

/** What each policy with a report can set beside its enforcement level: how much a violation lists. */
export const reportSettingsSchema = {
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
} satisfies PolicyConfigSchema;

/** The same, what is let pass, and how old a status may be: for the policies over status resources. */
export const policySettingsSchema = {
  properties: {
    ...reportSettingsSchema.properties,
    tolerate: toleranceSchema,
    maxStatusAgeMinutes: {
      type: "number",
      description:
        "How many minutes ago a status may have been looked up. Default: in this run. Set it to judge a saved state with pulumi policy analyze.",
      minimum: 1,
    },
  },
} satisfies PolicyConfigSchema;

/** The settings that the schemas describe. */
export interface PolicySettings extends ReportOptions {
  readonly tolerate?: Tolerance;
  readonly maxStatusAgeMinutes?: number;
}

/** What is allowed in `ReportOptions`. */
export const reportChecks = {
  maxAccountsShown: integer(1, 10_000),
  maxGroupsShown: integer(1, 1_000),
} satisfies Record<keyof ReportOptions, Check>;

/** What is allowed in `PolicySettings`: the Pulumi CLI lets a key pass that no schema has. */
export const policySettingsCheck: Check = record({
  ...reportChecks,
  maxStatusAgeMinutes: (value, property) =>
    typeof value === "number" && value >= 1
      ? []
      : [{ property, reason: `${shown(value)} is not a number of minutes, 1 or more.` }],
  tolerate: toleranceCheck,
} satisfies Record<keyof PolicySettings, Check>);

/** What has been looked at: a policy is asked for each resource of a stack. */
const accepted = new WeakSet<object>();

/**
 * Refuses a configuration with a mistake in it: such a gate lets nothing pass.
 *
 * @throws An error that names each key.
 */
export function refuseMistakes(config: object, check: Check, policyName: string): void {
  if (accepted.has(config)) return;
  const problems = check(config, policyName);
  if (problems.length === 0) {
    accepted.add(config);
    return;
  }
  const error = new Error(
    [
      "The configuration of the policy is not acceptable.",
      ...problems.map(({ property, reason }) => `${property}: ${reason}`),
    ].join("\n"),
  );
  // The policy SDK prints the stack, and for a mistake of a user's there is nothing in it.
  error.stack = error.message;
  throw error;
}
