import type { Problem } from "../core/checks/problem";

/** The text that the Pulumi engine sends for a text that is not known until the update. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The texts for values of each type. */
const unknownValues = new Set<unknown>([
  unknownText,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** True if Pulumi does not know `value` yet. */
export function isUnknown(value: unknown): boolean {
  return unknownValues.has(value);
}

/** True if Pulumi does not know some part of `value` yet. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isUnknown(value);
  return Object.values(value).some(containsUnknown);
}

/** The problems without those of values that Pulumi does not know yet: the update checks these. */
export function withoutUnknown(problems: readonly Problem[], args: unknown): readonly Problem[] {
  return problems.filter(({ property }) => !isUnknown(valueAt(args, property)));
}

/** The value at a problem's path, for example `tolerate.accounts[2].reason`. */
function valueAt(args: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null && !isUnknown(value)
          ? (value as Readonly<Record<string, unknown>>)[key]
          : value,
      args,
    );
}

/**
 * Quotes texts that came from elsewhere and that Pulumi would take for a value that is not known yet: no policy would
 * judge such a state.
 */
export function quoteUnknown<T>(value: T): T {
  // Nearly always there is none, and a copy of 10,000 rows costs time.
  if (!containsUnknown(value)) return value;
  const json = JSON.stringify(value, (_key, text: unknown) => (isUnknown(text) ? `"${String(text)}"` : text));
  return JSON.parse(json) as T;
}
