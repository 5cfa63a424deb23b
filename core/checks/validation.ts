import { inspect, types } from "node:util";
import { closest } from "fastest-levenshtein";
import { sanitize } from "../text/sanitize";
import { organizationResourceDetailedStatuses } from "../status/detailedStatus";

/** One mistake in the arguments: where it is, what was given and what is allowed. */
export interface Problem {
  /** The path of the property, for example `accountIds[2]`. */
  readonly property: string;
  /** What was given, and what is allowed. */
  readonly reason: string;
}

/** Says what is wrong with `value`; an empty list when nothing is. */
export type Check = (value: unknown, property: string) => Problem[];

/** A text of a pattern. */
export const text =
  (pattern: RegExp, allowed: string): Check =>
  (value, property) =>
    typeof value === "string" && pattern.test(value)
      ? []
      : [{ property, reason: `${quoted(value)} is not ${allowed}.` }];

/** A whole number within bounds. */
export const integer =
  (min: number, max: number): Check =>
  (value, property) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : [{ property, reason: `${quoted(value)} is not a whole number from ${String(min)} to ${String(max)}.` }];

/** A number of some unit above 0. */
export const amount =
  (unit: string, max: number): Check =>
  (value, property) =>
    typeof value === "number" && value > 0 && value <= max
      ? []
      : [{ property, reason: `${quoted(value)} is not a number of ${unit} above 0, up to ${String(max)}.` }];

export const boolean: Check = (value, property) =>
  typeof value === "boolean" ? [] : [{ property, reason: `${quoted(value)} is not true or false.` }];

/** An object with some of these keys, and all of the required ones. */
export const record =
  (checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check =>
  (value, property) => {
    if (!isPlainObject(value)) {
      return [{ property, reason: `${quoted(value)} is not an object with ${Object.keys(checks).join(", ")}.` }];
    }
    return entryProblems(value, checks, required, `${property}.`);
  };

/** Either of two checks; the problems are those of the one that fits the value's shape. */
export const either =
  (fits: (value: unknown) => boolean, one: Check, other: Check): Check =>
  (value, property) =>
    (fits(value) ? one : other)(value, property);

/** One of `allowed`; a typo gets the nearest. */
export const oneOf =
  (allowed: readonly string[]): Check =>
  (value, property) => {
    if (typeof value === "string" && allowed.includes(value)) return [];
    const hint = typeof value === "string" ? ` Did you mean "${nearest(value, allowed)}"?` : "";
    return [{ property, reason: `${quoted(value)} is not one of ${allowed.join(", ")}.${hint}` }];
  };

/** How many mistakes of one list are told one by one. */
const maxShown = 10;

export const list =
  (element: Check, max: number, min = 1): Check =>
  (value, property) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) {
      const given = Array.isArray(value) ? `A list of ${String(value.length)}` : quoted(value);
      return [{ property, reason: `${given} is not a list of ${String(min)} to ${String(max)} entries.` }];
    }
    const seen = new Set<unknown>();
    // Spread, so that a hole of a sparse list is looked at too.
    const problems = [...(value as unknown[])].flatMap((entry, index) => {
      const at = `${property}[${String(index)}]`;
      if (isUnknown(entry)) return [];
      const problems = element(entry, at);
      if (problems.length === 0 && seen.has(entry))
        return [{ property: at, reason: `${quoted(entry)} is listed twice.` }];
      seen.add(entry);
      return problems;
    });
    if (problems.length <= maxShown) return problems;
    const rest = problems.length - maxShown;
    return [...problems.slice(0, maxShown), { property, reason: `It has ${String(rest)} more such mistakes.` }];
  };

/** A region's name, in the arguments and in the settings. */
export const regionCheck = text(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'a region, such as "us-east-1"');

const accountIdText = text(/^\d{12}$/, "an account id: a text of 12 digits");

/** An account id, in the arguments, in tolerances and in settings. JSON and YAML take one without quotes for a number. */
export const accountIdCheck: Check = (value, property) =>
  typeof value === "number" || typeof value === "bigint"
    ? [
        {
          property,
          reason: `${quoted(value)} is a number. Put the account id in quotes, all 12 digits of it: a number loses leading zeros.`,
        },
      ]
    : accountIdText(value, property);

/** A role's ARN, in the arguments and in the settings. */
export const roleArnCheck = text(/^arn:[\w-]+:iam::\d{12}:role\/\S+$/, "a role's ARN");

/** The arguments that both the function and the resource take. */
export const packStatusChecks: Readonly<Record<string, Check>> = {
  name: text(
    /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
    "an organization conformance pack's name: 1 to 128 letters, digits and hyphens, a letter first",
  ),
  regions: list(regionCheck, 50),
  accountIds: list(accountIdCheck, 50_000),
  statuses: list(oneOf(organizationResourceDetailedStatuses), organizationResourceDetailedStatuses.length),
  expectedAccounts: either(Array.isArray, list(accountIdCheck, 50_000), (value, property) =>
    value === "organization"
      ? []
      : [{ property, reason: `${quoted(value)} is not a list of account ids, and not "organization".` }],
  ),
  excludedAccounts: list(accountIdCheck, 50_000),
  aggregate: boolean,
  detail: oneOf(["all", "unsuccessful"]),
  stuckAfterMinutes: amount("minutes", 100_000),
  assumeRole: record(
    {
      roleArn: roleArnCheck,
      // It is not quoted back: to some it is a secret.
      externalId: (value, property) =>
        typeof value === "string" && /^[\w+=,.@:/-]{2,1224}$/.test(value)
          ? []
          : [{ property, reason: "It is not an external id: 2 to 1224 letters, digits and +=,.@:/-_." }],
      sessionName: text(/^[\w+=,.@-]{2,64}$/, "a session name: 2 to 64 letters, digits and +=,.@-_"),
      durationSeconds: integer(900, 43_200),
    },
    ["roleArn"],
  ),
  pageSize: integer(1, 100),
  maxPages: integer(1, 1_000_000),
  maxConcurrentRegions: integer(1, 50),
  maxAttempts: integer(1, 100),
  requestTimeoutSeconds: amount("seconds", 900),
  timeoutSeconds: amount("seconds", 86_400),
};

/**
 * The mistakes in `args`: a missing name, an unknown key, a value out of bounds. A value that Pulumi does
 * not know yet is not judged.
 */
export function findProblems(args: unknown, checks: Readonly<Record<string, Check>>): Problem[] {
  if (!isPlainObject(args)) return argumentsCheck(args, "args");
  const problems = entryProblems(args, checks, [], "");
  if (args.name === undefined) {
    problems.unshift({ property: "name", reason: "It is required: the organization conformance pack's name." });
  }
  problems.push(...conflicts(args));
  return problems;
}

/** The arguments as a whole, before anything in them is looked at. */
export const argumentsCheck: Check = (value, property) =>
  isPlainObject(value) ? [] : [{ property, reason: `${quoted(value)} is not an object with a name.` }];

/** Not a list, and nothing whose entries are elsewhere: a Map, a promise, an Output. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]" && !isOutput(value as object);
}

function isOutput(value: object): boolean {
  return "__pulumiOutput" in value;
}

function entryProblems(
  value: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, Check>>,
  required: readonly string[],
  prefix: string,
): Problem[] {
  const known = Object.keys(checks);
  return [
    ...required
      .filter((key) => value[key] === undefined)
      .flatMap((key) => checks[key]?.(undefined, `${prefix}${key}`) ?? [])
      .map(({ property, reason }) => ({ property, reason: reason.replace("undefined is not", "It is required:") })),
    ...Object.entries(value)
      .filter(([, entry]) => entry !== undefined && !isUnknown(entry))
      .flatMap(([key, entry]) => {
        if (Object.hasOwn(checks, key)) return checks[key]?.(entry, `${prefix}${key}`) ?? [];
        return [
          {
            property: `${prefix}${sanitize(key, 80)}`,
            reason: `There is no such argument. Did you mean "${nearest(key, known)}"? There are: ${known.join(", ")}.`,
          },
        ];
      }),
  ];
}

/** Arguments that are each fine and do not go together. */
function conflicts(args: Readonly<Record<string, unknown>>): Problem[] {
  const given = (key: string): boolean => args[key] !== undefined;
  const problems: Problem[] = [];
  if (given("expectedAccounts") && given("accountIds")) {
    problems.push({
      property: "expectedAccounts",
      reason: "accountIds already says which accounts must be there; drop one of the two.",
    });
  }
  if (given("expectedAccounts") && given("statuses")) {
    problems.push({
      property: "expectedAccounts",
      reason: "Who is missing cannot be told from rows filtered by statuses; drop one of the two.",
    });
  }
  if (args.detail === "unsuccessful") {
    for (const key of ["accountIds", "expectedAccounts", "statuses"].filter(given)) {
      problems.push({
        property: "detail",
        reason: `"unsuccessful" rows do not tell what ${key} asks; drop one of the two.`,
      });
    }
    if (args.aggregate === false) {
      problems.push({ property: "detail", reason: '"unsuccessful" rests on the aggregate; drop aggregate: false.' });
    }
  }
  if (given("excludedAccounts") && args.expectedAccounts !== "organization" && !isUnknown(args.expectedAccounts)) {
    problems.push({
      property: "excludedAccounts",
      reason: 'It goes with expectedAccounts: "organization" only; leave these accounts out of the list.',
    });
  }
  return problems;
}

/** What the Pulumi engine sends for a text that is not known until the update. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The same, for values of each type. */
const unknownValues = new Set<unknown>([
  unknownText,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** Whether Pulumi does not know `value` yet. */
export function isUnknown(value: unknown): boolean {
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
export function quoted(value: unknown): string {
  // What cannot be seen, a zero-width space say, is spelled out: it may be all that is wrong.
  if (typeof value === "string") return sanitize(JSON.stringify(value).replace(/\p{C}|(?! )\p{Z}/gu, escaped), 80);
  if (typeof value === "object" && value !== null && isOutput(value)) {
    return "An Output (getOrganizationConformancePackStatusOutput takes those)";
  }
  if (types.isPromise(value)) return "A Promise (await it)";
  const text = inspect(value, { breakLength: Infinity, customInspect: false, depth: 1 });
  // Of an error, without its stack.
  return sanitize(text.replace(/\n\s+at [^]*/, ""), 80);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The word that is nearest to what was given. */
export function nearest(given: string, allowed: readonly string[]): string {
  const byLowerCase = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  const words = [...byLowerCase.keys()];
  // "duration" means "durationSeconds", however many letters that has.
  const longer = words.filter((word) => word.startsWith(given.toLowerCase()));
  return byLowerCase.get(closest(given.toLowerCase(), longer.length > 0 ? longer : words)) ?? "";
}
