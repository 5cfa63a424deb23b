import { closest, distance } from "fastest-levenshtein";

/** A question that suggests the word that was probably meant: empty when none is near. */
export function didYouMean(given: string, allowed: readonly string[]): string {
  const found = nearest(given, allowed);
  return found === undefined ? "" : ` Did you mean "${found}"?`;
}

/** The word that was probably meant, however its letters are cased; `undefined` when none is near. */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  const byLowerCase = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  const found = nearestOf(given.toLowerCase(), [...byLowerCase.keys()]);
  return found === undefined ? undefined : byLowerCase.get(found);
}

function nearestOf(typed: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const found = closest(typed, words);
  // More letters may be wrong in a long word.
  if (distance(typed, found) <= Math.max(2, Math.ceil(typed.length / 3))) return found;
  if (typed.length < 3) return undefined;
  // "duration" means "durationSeconds", however many letters that has.
  const related = words.filter((word) => word.includes(typed) || typed.includes(word));
  return related.length === 0 ? undefined : closest(typed, related);
}
