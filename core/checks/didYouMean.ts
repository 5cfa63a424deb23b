import { closest, distance } from "fastest-levenshtein";

/** How many letters may differ: more in a long word. */
const maxSlips = (typed: string) => Math.max(2, Math.floor(typed.length / 4));

/** A question that suggests the word that was probably meant: empty when none is near. */
export function didYouMean(given: string, allowed: readonly string[]): string {
  const byLowerCase = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  const typed = given.toLowerCase();
  // "duration" means "durationSeconds", however many letters that has.
  const longer = [...byLowerCase.keys()].filter((word) => typed.length > 2 && word.startsWith(typed));
  const found = closest(typed, longer.length > 0 ? longer : [...byLowerCase.keys()]);
  if (longer.length === 0 && distance(typed, found) > maxSlips(typed)) return "";
  return ` Did you mean "${byLowerCase.get(found) ?? ""}"?`;
}
