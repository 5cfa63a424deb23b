import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Check, schemaOf } from "../core/checks/check";
import type { JsonSchema } from "../core/checks/jsonSchema";
import { createPolicies } from "../policy/policies";
import { settingsChecks } from "../policy/settingsChecks";

/*
 * Makes the JSON Schema of the file that `--policy-pack-config` names. What a policy takes comes from its checks; the rest
 * is what the Pulumi CLI's own parser takes (pulumi/pulumi: pkg/resource/analyzer/config.go and exceptions.go).
 */

const schemaFile = resolve(__dirname, "../schemas/policy-pack-config.schema.json");

/** The levels of the Pulumi CLI. None of these policies remediates, so `remediate` is as `mandatory`. */
const levels = ["advisory", "mandatory", "remediate", "disabled"];

const level: JsonSchema = {
  description: "Whether a violation is reported (advisory), or blocks (mandatory).",
  type: "string",
  enum: levels,
};

const environments: JsonSchema = {
  description: "The Pulumi ESC environments whose variables the policy pack gets.",
  type: "array",
  items: { type: "string" },
};

const schemaKey: JsonSchema = { description: "The schema of this file, for editors.", type: "string" };

/** `properties` of the form without a version, and of `policies` in version 2. */
function policyProperties(): Readonly<Record<string, JsonSchema>> {
  const policies = createPolicies().policies.map(({ description, name }) => {
    const check = settingsChecks[name];
    if (!check) throw new Error(`policy/settingsChecks.ts says nothing about ${name}.`);
    return [name, policySchema(description, check)] as const;
  });
  return {
    all: {
      description: "The level of all policies. A policy's own level goes first.",
      anyOf: [
        level,
        {
          type: "object",
          properties: { enforcementLevel: level },
          required: ["enforcementLevel"],
          additionalProperties: false,
        },
      ],
    },
    ...Object.fromEntries(policies),
  };
}

function policySchema(description: string, check: Check): JsonSchema {
  const { properties, ...settings } = schemaOf(check);
  return { description, anyOf: [level, { ...settings, properties: { enforcementLevel: level, ...properties } }] };
}

/** The exceptions of Pulumi, which newer CLIs apply themselves: this package does not see them. */
const exceptions: JsonSchema = {
  description:
    "Pulumi's own exceptions, by id: violations of these policies on these resources pass. This package does not see them: prefer its own (tolerate), which name accounts and expire.",
  type: "object",
  propertyNames: { pattern: "^[A-Za-z0-9_.-]+$" },
  additionalProperties: {
    type: "object",
    properties: {
      reason: { type: "string", pattern: "\\S" },
      match: {
        type: "array",
        minItems: 1,
        items: {
          type: "object",
          properties: {
            policies: { type: "array", minItems: 1, items: { type: "string", enum: Object.keys(settingsChecks) } },
            targets: { type: "array", minItems: 1, items: { type: "string", pattern: "^urn:pulumi:" } },
          },
          required: ["policies", "targets"],
          additionalProperties: false,
        },
      },
    },
    required: ["reason", "match"],
    additionalProperties: false,
  },
};

/** The schema of the whole file. */
export function policyPackConfigSchema() {
  const policies = policyProperties();
  const references = Object.fromEntries(Object.keys(policies).map((name) => [name, { $ref: `#/definitions/${name}` }]));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "The configuration of the policies of pulumi-org-conformance (pulumi preview --policy-pack-config)",
    definitions: policies,
    type: "object",
    if: { properties: { version: { type: "number" } }, required: ["version"] },
    then: {
      properties: {
        $schema: schemaKey,
        version: { description: "2. Older Pulumi CLIs refuse it.", const: 2 },
        environments,
        policies: { type: "object", properties: references, additionalProperties: false },
        exceptions,
      },
      additionalProperties: false,
    },
    else: { properties: { environments, ...references }, additionalProperties: false },
  };
}

/** The text of the schema's file. */
export function policyPackConfigSchemaText(): string {
  return `${JSON.stringify(policyPackConfigSchema(), undefined, 2)}\n`;
}

if (require.main === module) writeFileSync(schemaFile, policyPackConfigSchemaText());
