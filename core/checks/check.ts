import { plural } from "../text/plural";
import { sanitize } from "../text/sanitize";
import { didYouMean } from "./didYouMean";
import type { JsonSchema } from "./jsonSchema";
import type { Problem } from "./problem";
import { quoted } from "./quoted";

/** Returns the mistakes in `value`, each at `property` or below. */
export interface Check {
  (value: unknown, property: string): Problem[];
  /** The same rule for editors and forms. Made when asked for: most runs need none. */
  readonly schema?: () => JsonSchema;
}

/** A check, with the same rule as a JSON Schema. */
export function withSchema(schema: JsonSchema | (() => JsonSchema), check: Check): Check {
  // A check of its own: the given one may have another schema already.
  const own: Check = (value, property) => check(value, property);
  return Object.assign(own, { schema: typeof schema === "function" ? schema : () => schema });
}

/** A check, with a sentence for editors and forms about what is checked. */
export function described(description: string, check: Check, more: JsonSchema = {}): Check {
  return withSchema(() => ({ description, ...schemaOf(check), ...more }), check);
}

/** The rule of a check as a JSON Schema. */
export function schemaOf(check: Check): JsonSchema {
  if (!check.schema) throw new Error("This check has no JSON Schema: give it one (withSchema).");
  return check.schema();
}

/** Finds the mistakes in an object: a value that its check refuses, and a key that has no check. */
export function entryProblems(
  value: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, Check>>,
  prefix = "",
): Problem[] {
  const known = Object.keys(checks);
  return Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .flatMap(([key, entry]) => {
      if (Object.hasOwn(checks, key)) return checks[key]?.(entry, `${prefix}${key}`) ?? [];
      return [
        {
          property: `${prefix}${sanitize(key, 80)}`,
          reason:
            known.length === 0
              ? "There is no such argument: none is allowed here."
              : `There is no such argument.${didYouMean(key, known)} There are: ${known.join(", ")}.`,
        },
      ];
    });
}

/** True if a value is an object whose entries are its properties: not a list, a Map or a promise. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/** A text that matches a pattern. */
export const text = (pattern: RegExp, allowed: string, schema: JsonSchema = { pattern: pattern.source }): Check =>
  withSchema({ type: "string", ...schema }, (value, property) =>
    typeof value === "string" && pattern.test(value)
      ? []
      : [{ property, reason: `${quoted(value)} is not ${allowed}.` }],
  );

/** A whole number within bounds. */
export const integer = (min: number, max: number): Check =>
  withSchema({ type: "integer", minimum: min, maximum: max }, (value, property) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : [{ property, reason: `${quoted(value)} is not a whole number from ${String(min)} to ${String(max)}.` }],
  );

/** A number of some unit above 0. */
export const amount = (unit: string, max: number): Check =>
  withSchema({ type: "number", exclusiveMinimum: 0, maximum: max }, (value, property) =>
    typeof value === "number" && value > 0 && value <= max
      ? []
      : [{ property, reason: `${quoted(value)} is not a number of ${unit} above 0, up to ${String(max)}.` }],
  );

/** `true` or `false`. */
export const boolean: Check = withSchema({ type: "boolean" }, (value, property) =>
  typeof value === "boolean" ? [] : [{ property, reason: `${quoted(value)} is not true or false.` }],
);

/** An object with some of these keys, and all of the required ones. */
export const record = (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  withSchema(
    () => recordSchema(checks, required),
    (value, property) => {
      if (!isPlainObject(value)) {
        return [{ property, reason: `${quoted(value)} is not an object with ${Object.keys(checks).join(", ")}.` }];
      }
      return [
        ...required
          .filter((key) => value[key] === undefined)
          .flatMap((key) => checks[key]?.(undefined, `${property}.${key}`) ?? [])
          .map((problem) => ({ ...problem, reason: problem.reason.replace("undefined is not", "It is required:") })),
        ...entryProblems(value, checks, `${property}.`),
      ];
    },
  );

/** The schema of an object with some of these keys, and all of the required ones. */
export function recordSchema(
  checks: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): JsonSchema & Required<Pick<JsonSchema, "properties">> {
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(checks).map(([key, check]) => [key, schemaOf(check)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** An object with keys of one kind, and values of one kind. */
export const mapOf = (key: Check, entry: Check, max: number): Check =>
  withSchema(
    () => ({
      type: "object",
      propertyNames: schemaOf(key),
      additionalProperties: schemaOf(entry),
      maxProperties: max,
    }),
    (value, property) => {
      if (!isPlainObject(value)) return [{ property, reason: `${quoted(value)} is not an object.` }];
      const entries = Object.entries(value);
      if (entries.length > max) {
        return [{ property, reason: `It has ${String(entries.length)} entries; up to ${String(max)} are allowed.` }];
      }
      return entries.flatMap(([name, content]) => {
        const at = `${property}.${sanitize(name, 80)}`;
        return [...key(name, at), ...entry(content, at)];
      });
    },
  );

/** One of two checks: the one that fits the value's shape. */
export const either = (fits: (value: unknown) => boolean, one: Check, other: Check): Check =>
  withSchema(
    () => ({ anyOf: [schemaOf(one), schemaOf(other)] }),
    (value, property) => (fits(value) ? one : other)(value, property),
  );

/** One of some words; for another, the nearest is suggested. */
export const oneOf = (allowed: readonly string[]): Check =>
  withSchema({ type: "string", enum: allowed }, (value, property) => {
    if (typeof value === "string" && allowed.includes(value)) return [];
    const hint = typeof value === "string" ? didYouMean(value, allowed) : "";
    return [{ property, reason: `${quoted(value)} is not one of ${allowed.join(", ")}.${hint}` }];
  });

/** The number of mistakes in one list that are reported one by one. */
const maxShown = 10;

/** A list without equal entries. */
export const list = (element: Check, max: number, min = 1): Check =>
  withSchema(
    () => ({ type: "array", items: schemaOf(element), minItems: min, maxItems: max, uniqueItems: true }),
    (value, property) => {
      const allowed = `${String(min)} to ${String(max)}`;
      if (!Array.isArray(value)) return [{ property, reason: `${quoted(value)} is not a list of ${allowed} entries.` }];
      if (value.length < min || value.length > max) {
        const entries = value.length === 1 ? "1 entry" : `${String(value.length)} entries`;
        return [{ property, reason: `The list has ${entries}; ${allowed} are allowed.` }];
      }
      const seen = new Set<unknown>();
      // Spread: a hole of a sparse list is an entry too.
      const problems = [...(value as unknown[])].flatMap((entry, index) => {
        const at = `${property}[${String(index)}]`;
        const found = element(entry, at);
        if (found.length > 0) return found;
        const identity = identityOf(entry);
        if (seen.has(identity)) return [{ property: at, reason: `${quoted(entry)} is listed twice.` }];
        seen.add(identity);
        return [];
      });
      const [next, ...rest] = problems.slice(maxShown);
      if (!next) return problems;
      // It belongs to an entry, not to the list: a front may leave out the mistakes of some entries.
      const more = {
        property: next.property,
        reason: `${plural(rest.length + 1, "more mistake")} from here on.`,
      };
      return [...problems.slice(0, maxShown), more];
    },
  );

/** The same for values that are equal, in whatever order their keys are. */
function identityOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return JSON.stringify(value, (_key, part: unknown) =>
    isPlainObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
