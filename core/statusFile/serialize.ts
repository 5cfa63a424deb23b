import { type StatusFile, statusFileListKind, statusFileVersion } from "./statusFile";

/** The document of one or several status files: several become a list. */
export function serializeStatusFiles(files: readonly StatusFile[]): string {
  const [only] = files;
  if (only && files.length === 1) return `${serialize(only)}\n`;
  const items = files.map((file) => serialize(file).replaceAll("\n", "\n    "));
  return [
    "{",
    `  "kind": ${JSON.stringify(statusFileListKind)},`,
    `  "schemaVersion": ${String(statusFileVersion)},`,
    items.length === 0 ? `  "items": []` : `  "items": [\n    ${items.join(",\n    ")}\n  ]`,
    "}\n",
  ].join("\n");
}

/** One row a line, so that `grep` finds rows and `diff` compares them. */
function serialize(file: StatusFile): string {
  const entries = Object.entries(file).filter(([, value]) => value !== undefined);
  return `{\n${entries.map(([key, value]) => `  ${JSON.stringify(key)}: ${valueOf(value)}`).join(",\n")}\n}`;
}

function valueOf(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0 || typeof value[0] !== "object") return JSON.stringify(value);
  return `[\n${value.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`;
}
