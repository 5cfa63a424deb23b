import { build } from "esbuild";
import { readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { dependencies, exports, peerDependencies } from "../package.json";

/**
 * Bundles the library: the modules of all entry points into one file, and for each entry point a file that takes its part
 * of it. Loading 120 small files takes longer than running them, and every preview loads them.
 */
const root = resolve(__dirname, "..");
const dist = join(root, "dist");
const modules = join(dist, "modules.js");

async function main(): Promise<void> {
  const entries = Object.values(exports)
    .flatMap((entry) => (typeof entry === "string" ? [] : join(root, entry.default)))
    .map((path) => ({
      path,
      key: relative(dist, dirname(path)),
      names: Object.keys(createRequire(path)(path) as object),
    }));
  await build({
    absWorkingDir: root,
    stdin: {
      // Each when it is asked for: none loads what only another needs.
      contents: entries.map(({ key, path }) => `exports["${key}"] = () => require("${path}");`).join("\n"),
      resolveDir: root,
    },
    outfile: modules,
    bundle: true,
    platform: "node",
    target: "node20",
    external: Object.keys({ ...dependencies, ...peerDependencies }),
    logLevel: "warning",
  });
  for (const file of await readdir(dist, { recursive: true })) {
    const path = join(dist, file);
    if (file.endsWith(".js") && path !== modules && !file.startsWith("cli")) await rm(path);
  }
  for (const { key, names, path } of entries) {
    await writeFile(
      path,
      [
        `"use strict";`,
        `const modules = require("${relative(dirname(path), modules)}");`,
        `module.exports = modules["${key}"]();`,
        "// For ES modules: Node.js finds the names in the text.",
        `0 && (module.exports = { ${names.join(", ")} });`,
        "",
      ].join("\n"),
    );
  }
}

void main();
