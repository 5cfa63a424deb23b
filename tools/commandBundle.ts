import { build as bundle, type BuildOptions, type Plugin } from "esbuild";
import { chmod, cp, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { licences } from "./licences";

/**
 * Bundles the command line. What it is made of are development dependencies, which an installation does not pay for;
 * only the AWS SDK, which the package depends on in any case, stays outside.
 */
const root = resolve(__dirname, "..");
const folder = join(root, "dist", "cli");

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  external: ["@aws-sdk/*", "@smithy/*", "@pulumi/*"],
  // A part of each start is reading this. Names stay: errors have those of their classes.
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  logLevel: "warning",
};

/** Parts that few commands need are files of their own, which the others don't read: they are a third of the command. */
const parts = [
  { name: "xml", imported: /^xmlbuilder2$/, contents: 'module.exports = require("xmlbuilder2");' },
  { name: "spinner", imported: /^ora$/, contents: 'module.exports = require("ora").default;' },
  { name: "completion", imported: /^@pnpm\/tabtab$/, contents: 'module.exports = require("@pnpm/tabtab");' },
  { name: "page", imported: /\/html\/renderHtml$/, contents: 'module.exports = require("./report/html/renderHtml");' },
] as const;

async function main(): Promise<void> {
  const outfile = join(folder, "main.js");
  const command = await bundle({
    ...options,
    entryPoints: [join(root, "cli", "main.ts")],
    outfile,
    // Its main file loads its parts by a require that no bundler follows.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    banner: { js: "#!/usr/bin/env node" },
    plugins: [apart],
  });
  const others = await Promise.all(
    parts.map(({ contents, name }) =>
      bundle({
        ...options,
        stdin: { contents, resolveDir: root },
        outfile: join(folder, `${name}.js`),
      }),
    ),
  );
  await copyScripts();
  await chmod(outfile, 0o755);
  const all = [command, ...others].map(({ metafile }) => metafile);
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, all));
}

/** The scripts of shells, which their library reads beside itself. */
async function copyScripts(): Promise<void> {
  const scripts = join(dirname(require.resolve("@pnpm/tabtab")), "templates");
  for (const shell of ["bash", "zsh"]) {
    await cp(join(scripts, `completion.${shell}`), join(folder, "templates", `completion.${shell}`));
  }
}

/** Leaves out what has a file of its own. The emulator has one already. */
const apart: Plugin = {
  name: "apart",
  setup(build) {
    for (const { imported, name } of parts) {
      build.onResolve({ filter: imported }, () => ({ path: `./${name}.js`, external: true }));
    }
    build.onResolve({ filter: /\/emulator\/startEmulator$/ }, () => ({
      path: "../emulator/index.js",
      external: true,
    }));
  },
};

void main();
