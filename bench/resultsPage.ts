import { format } from "prettier";
import { type CaseResult, holds, type Limit, type Measurement, type Unit } from "./measurement";

/** The results as a page of Markdown. */
export async function resultsPage(
  results: readonly CaseResult[],
  failures: readonly string[],
  machine: readonly string[],
): Promise<string> {
  const rows = results.flatMap(({ measurements }) => measurements).map(row);
  const notes = [...failures, ...results.flatMap(({ notes = [] }) => notes)];
  return format(
    `# Benchmark

\`npm run bench\` writes this page. Each value compares runs that took turns on the same machine, and is a median: of the ratios of the turns, or of their differences. The last column has the medians of the runs, with the least and the most.

| What | Limit | Measured | Holds | Runs | Made of |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

${notes.map((note) => `- ${note}`).join("\n")}

## Measured on

${machine.map((line) => `- ${line}`).join("\n")}
`,
    { parser: "markdown", printWidth: 120 },
  );
}

function row(measurement: Measurement): string {
  const { detail, limit, runs, unit, value, what } = measurement;
  const verdict = limit ? (holds(measurement) ? "yes" : "**no**") : "";
  return `| ${what} | ${limit ? limitText(limit, unit) : ""} | ${text(value, unit)} | ${verdict} | ${runs} | ${detail} |`;
}

function limitText(limit: Limit, unit: Unit): string {
  if ("most" in limit) return `≤ ${text(limit.most, unit)}`;
  return "below" in limit ? `< ${text(limit.below, unit)}` : `≥ ${text(limit.least, unit)}`;
}

function text(value: number, unit: Unit): string {
  switch (unit) {
    case "ratio":
      return value.toFixed(value < 2 ? 3 : 1);
    case "seconds":
      return `${value.toFixed(2)} s`;
    case "megabytes":
      return `${value.toFixed(1)} MB`;
    case "bytes":
      return `${value.toLocaleString("en", { maximumFractionDigits: 1 })} B`;
    case "count":
      return String(value);
  }
}
