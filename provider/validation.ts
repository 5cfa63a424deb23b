import { inspect } from "node:util";
import { closest } from "fastest-levenshtein";
import { harmless } from "./harmless";
import { organizationResourceDetailedStatuses } from "./memberStatus";

/** One mistake in the arguments: where it is, what was given and what is allowed. */
export interface Problem {
  /** The path of the property, for example `accountIds[2]`. */
  readonly property: string;
  readonly reason: string;
}

/** Says what is wrong with `value`; an empty list when nothing is. */
export type Check = (value: unknown, property: string) => Problem[];

const text =
  (pattern: RegExp, allowed: string): Check =>
  (value, property) =>
    typeof value === "string" && pattern.test(value)
      ? []
      : [{ property, reason: `${shown(value)} is not ${allowed}.` }];

const integer =
  (min: number, max: number): Check =>
  (value, property) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : [{ property, reason: `${shown(value)} is not a whole number from ${String(min)} to ${String(max)}.` }];

const seconds =
  (max: number): Check =>
  (value, property) =>
    typeof value === "number" && value > 0 && value <= max
      ? []
      : [{ property, reason: `${shown(value)} is not a number of seconds above 0, up to ${String(max)}.` }];

/** One of `allowed`; a typo gets the nearest. */
export const oneOf =
  (allowed: readonly string[]): Check =>
  (value, property) => {
    if (typeof value === "string" && allowed.includes(value)) return [];
    const hint = typeof value === "string" ? ` Did you mean "${nearest(value, allowed)}"?` : "";
    return [{ property, reason: `${shown(value)} is not one of ${allowed.join(", ")}.${hint}` }];
  };

const list =
  (element: Check, max: number): Check =>
  (value, property) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > max) {
      const given = Array.isArray(value) ? `A list of ${String(value.length)}` : shown(value);
      return [{ property, reason: `${given} is not a list of 1 to ${String(max)} entries.` }];
    }
    const seen = new Set<unknown>();
    return value.flatMap((entry: unknown, index) => {
      const at = `${property}[${String(index)}]`;
      if (isUnknown(entry)) return [];
      const problems = element(entry, at);
      if (problems.length === 0 && seen.has(entry))
        return [{ property: at, reason: `${shown(entry)} is listed twice.` }];
      seen.add(entry);
      return problems;
    });
  };

/** A region's name, in the arguments and in the settings. */
export const regionCheck = text(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'a region, such as "us-east-1"');

const accountId = text(/^\d{12}$/, "an account id: a text of 12 digits");

/** The arguments that both the function and the resource take. */
export const packStatusChecks: Readonly<Record<string, Check>> = {
  name: text(
    /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
    "an organization conformance pack's name: 1 to 128 letters, digits and hyphens, a letter first",
  ),
  regions: list(regionCheck, 50),
  accountIds: list(accountId, 50_000),
  statuses: list(oneOf(organizationResourceDetailedStatuses), organizationResourceDetailedStatuses.length),
  expectedAccounts: list(accountId, 50_000),
  pageSize: integer(1, 100),
  maxPages: integer(1, 1_000_000),
  maxAttempts: integer(1, 100),
  requestTimeoutSeconds: seconds(900),
  timeoutSeconds: seconds(86_400),
};

/**
 * The mistakes in `args`: a missing name, an unknown key, a value out of bounds. A value that Pulumi does
 * not know yet is not judged.
 */
export function findProblems(args: unknown, checks: Readonly<Record<string, Check>>): Problem[] {
  if (typeof args !== "object" || args === null || Array.isArray(args)) {
    return [{ property: "args", reason: `${shown(args)} is not an object with a name.` }];
  }
  const problems = Object.entries(args as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && !isUnknown(value))
    .flatMap(([key, value]) => {
      if (Object.hasOwn(checks, key)) return checks[key]?.(value, key) ?? [];
      const known = Object.keys(checks);
      return [
        {
          property: harmless(key, 80),
          reason: `There is no such argument. Did you mean "${nearest(key, known)}"? There are: ${known.join(", ")}.`,
        },
      ];
    });
  if ((args as { name?: unknown }).name === undefined) {
    problems.unshift({ property: "name", reason: "It is required: the organization conformance pack's name." });
  }
  problems.push(...conflicts(args as Record<string, unknown>));
  return problems;
}

/** Arguments that are each fine and do not go together. */
function conflicts(args: Readonly<Record<string, unknown>>): Problem[] {
  if (args.expectedAccounts === undefined) return [];
  return [
    ...(args.accountIds === undefined
      ? []
      : [
          {
            property: "expectedAccounts",
            reason: "accountIds already says which accounts must be there; drop one of the two.",
          },
        ]),
    ...(args.statuses === undefined
      ? []
      : [
          {
            property: "expectedAccounts",
            reason: "Who is missing cannot be told from rows filtered by statuses; drop one of the two.",
          },
        ]),
  ];
}

/** What the Pulumi engine sends for a value that is not known until the update. */
const unknownValues = new Set<unknown>([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Whether Pulumi does not know `value` yet. */
function isUnknown(value: unknown): boolean {
  return unknownValues.has(value);
}

/** Whether Pulumi does not know some part of `value` yet. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isUnknown(value);
  return Object.values(value).some(containsUnknown);
}

/** The pack's name for an error, from arguments that may be anything. */
export function packNameOf(args: unknown): string {
  const name = typeof args === "object" && args !== null && "name" in args ? args.name : undefined;
  return typeof name === "string" ? name : "";
}

/** A value as it is quoted back: short and harmless. */
export function shown(value: unknown): string {
  if (typeof value === "string") return harmless(JSON.stringify(value), 80);
  if (typeof value === "object" && value !== null && "__pulumiOutput" in value) {
    return "An Output (getOrganizationConformancePackStatusOutput takes those)";
  }
  return harmless(inspect(value, { breakLength: Infinity, customInspect: false, depth: 1 }), 80);
}

function nearest(given: string, allowed: readonly string[]): string {
  const byLowerCase = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  return byLowerCase.get(closest(given.toLowerCase(), [...byLowerCase.keys()])) ?? "";
}
