import type { PolicyConfigSchema } from "@pulumi/policy";
import { type Check, schemaOf } from "../core/checks/check";
import type { JsonSchema } from "../core/checks/jsonSchema";

type Setting = PolicyConfigSchema["properties"][string];

/**
 * The settings of a policy as the policy SDK takes them.
 *
 * Pulumi Cloud makes its form from them when a pack is published, so they are typed then. In a run, the Pulumi CLI would
 * check typed settings before the policy does, and say less: it names neither the value nor all that is allowed, and
 * prints a key as it came. So in a run, a setting has its description and its default, and the policy's own check refuses.
 *
 * @param check - The check of the settings: a record.
 */
export function configSchemaOf(check: Check, isRun = isOfARun()): PolicyConfigSchema {
  const settings = Object.entries(schemaOf(check).properties ?? {});
  return {
    properties: Object.fromEntries(settings.map(([key, schema]) => [key, isRun ? untyped(schema) : schema])),
  } as {
    properties: Record<string, Setting>;
  };
}

function untyped(schema: JsonSchema | boolean): JsonSchema {
  if (typeof schema === "boolean") return {};
  const { default: value, description } = schema;
  return { ...(description !== undefined && { description }), ...(value !== undefined && { default: value }) };
}

/** Pulumi starts a pack without a stack when it publishes it, and says for a stack whether it is a preview. */
function isOfARun(): boolean {
  return process.env.PULUMI_NODEJS_DRY_RUN !== undefined || process.env.PULUMI_DRY_RUN !== undefined;
}
