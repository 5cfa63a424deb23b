import { recordSchema, schemaOf } from "../../core/checks/check";
import type { JsonSchema } from "../../core/checks/jsonSchema";
import { gateChecks, waitChecks } from "../../core/gate/gateChecks";
import { packStatusChecks } from "../../core/status/packStatusChecks";

/** The schemas of the types that arguments have. The numbers of all other types are counts. */
const schemas: Readonly<Record<string, JsonSchema>> = {
  AssumeRole: schemaOf(packStatusChecks.assumeRole),
  PackStatusArgs: recordSchema(packStatusChecks),
  Tolerance: schemaOf(gateChecks.tolerate),
  WaitForSettled: recordSchema(waitChecks),
};

/** True if a number of a type is a whole one: for an argument, if its check says so. */
export function isWhole(type: string, property: string): boolean {
  const schema = schemas[type];
  if (!schema) return true;
  const of = schema.properties?.[property];
  return typeof of === "object" && of.type === "integer";
}
