import { buildSync } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve(__dirname, "../report/html");
const file = resolve(folder, "pageFiles.ts");

/** The module with the page's style and script: whatever loads or bundles the page needs no other file, and no compiler. */
export function pageFiles(): string {
  const style = readFileSync(resolve(folder, "page.css"), "utf8");
  return `// Written by tools/pageFiles.ts from page.css and browser/: npm run page:update

export const pageStyle = ${lines(style)};

export const pageScript = ${lines(compiledScript())};
`;
}

/** One script, readable in the page: who opens its source sees what it does. */
function compiledScript(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: folder,
    entryPoints: ["browser/page.ts"],
    bundle: true,
    format: "iife",
    target: "es2023",
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}

/** A text as code, a line a line, so that a change of it can be read. */
function lines(text: string): string {
  const all = text.trimEnd().split("\n");
  return `[\n${all.map((line) => `  ${JSON.stringify(line)},\n`).join("")}].join("\\n")`;
}

if (require.main === module) writeFileSync(file, pageFiles());
