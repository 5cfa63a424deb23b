import { closest } from "fastest-levenshtein";

/** The word that is nearest to what was given. */
export function nearest(given: string, allowed: readonly string[]): string {
  const byLowerCase = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  const words = [...byLowerCase.keys()];
  // "duration" means "durationSeconds", however many letters that has.
  const longer = words.filter((word) => word.startsWith(given.toLowerCase()));
  return byLowerCase.get(closest(given.toLowerCase(), longer.length > 0 ? longer : words)) ?? "";
}
