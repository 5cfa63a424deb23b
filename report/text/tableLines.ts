import Table from "cli-table3";

const borderless = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((part) => [part, ""]),
);

/** Lines of a table without a border: the columns are as wide as what is in them. */
export function tableLines(
  rows: readonly (readonly string[])[],
  alignments: readonly ("left" | "right")[],
): readonly string[] {
  const table = new Table({
    chars: borderless,
    colAligns: [...alignments],
    style: { "padding-left": 2, "padding-right": 0, head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd());
}
