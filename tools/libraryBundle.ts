import { build } from "esbuild";
import { readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { exports } from "../package.json";

/**
 * Bundles the library: the modules of all entry points into one file, and for each entry point a file that takes its part
 * of it. Loading 120 small files takes longer than running them, and every preview loads them.
 */
const root = resolve(__dirname, "..");
const dist = join(root, "dist");
const modules = join(dist, "modules.js");

async function main(): Promise<void> {
  const entries = Object.entries(exports).flatMap(([name, entry]) => {
    if (typeof entry === "string") return [];
    const path = join(root, entry.default);
    return { name, path, values: Object.keys(createRequire(path)(path) as object) };
  });
  await build({
    absWorkingDir: root,
    stdin: {
      // Each when it is asked for: none loads what only another needs.
      contents: entries
        .map(({ name, path }) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(path)});`)
        .join("\n"),
      resolveDir: root,
    },
    outfile: modules,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  for (const file of await readdir(dist, { recursive: true })) {
    const path = join(dist, file);
    if (file.endsWith(".js") && path !== modules) await rm(path);
  }
  for (const { name, path, values } of entries) {
    const shared = relative(dirname(path), modules).split(sep).join("/");
    await writeFile(
      path,
      [
        `"use strict";`,
        `const modules = require(${JSON.stringify(shared)});`,
        `module.exports = modules[${JSON.stringify(name)}]();`,
        "// For ES modules: Node.js finds the names in the text.",
        `0 && (module.exports = { ${values.join(", ")} });`,
        "",
      ].join("\n"),
    );
  }
}

void main();
