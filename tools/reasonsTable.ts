import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type LiftedBy, reasonRules } from "../core/status/reasons";
import type { Verdict } from "../core/status/verdict";

const verdictPage = resolve(__dirname, "../docs/verdict.md");
const waitedForInWords = { yes: "yes", no: "no", onceWaiting: "once a wait has begun" } as const;

/** The page with the table of all reasons between its markers, aligned as Prettier aligns it. */
export function withReasonsTable(page: string): string {
  const parts = /^([^]*<!-- reasons:start -->\n)[^]*?(\n<!-- reasons:end -->[^]*)$/.exec(page);
  if (!parts) throw new Error("The page has no <!-- reasons:start --> before a <!-- reasons:end -->.");
  const [, before = "", after = ""] = parts;
  return `${before}\n${reasonsTable()}\n${after}`;
}

function reasonsTable(): string {
  const rows = Object.entries(reasonRules).map(([code, { liftedBy, verdict, waitedFor, when }]) => [
    `\`${code}\``,
    `\`${verdict}\``,
    when,
    exceptionsInWords(verdict, liftedBy),
    waitedForInWords[waitedFor],
  ]);
  return aligned([["Code", "Verdict", "When", "Exceptions", "Waited for"], ...rows]);
}

function exceptionsInWords(verdict: Verdict, liftedBy: readonly LiftedBy[]): string {
  if (verdict === "PASSED") return "a remark";
  return liftedBy.map((setting) => `\`${setting}\``).join(", ") || "none";
}

function aligned([header = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(({ length }) => length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [header, widths.map((columns) => "-".repeat(columns)), ...rows].map(line).join("\n");
}

if (require.main === module) {
  writeFileSync(verdictPage, withReasonsTable(readFileSync(verdictPage, "utf8")));
}
