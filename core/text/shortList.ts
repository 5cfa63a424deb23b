/** `a, b and 3 more`: the first entries of a list, and the number of the others. */
export function shortList<Entry>(
  entries: readonly Entry[],
  most: number,
  textOf: (entry: Entry) => string = String,
): string {
  const others = entries.length - most;
  return `${entries.slice(0, most).map(textOf).join(", ")}${others > 0 ? ` and ${String(others)} more` : ""}`;
}
