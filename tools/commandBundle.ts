import { build as bundle, type BuildOptions, type Plugin } from "esbuild";
import { chmod, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
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
  const xml = await bundle({
    ...options,
    stdin: { contents: 'module.exports = require("xmlbuilder2");', resolveDir: root },
    outfile: join(folder, "xml.js"),
  });
  await chmod(outfile, 0o755);
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, [command.metafile, xml.metafile]));
}

/** Leaves out what few commands need: what writes XML gets a file of its own, and the emulator has its own already. */
const apart: Plugin = {
  name: "apart",
  setup(build) {
    build.onResolve({ filter: /^xmlbuilder2$/ }, () => ({ path: "./xml.js", external: true }));
    build.onResolve({ filter: /\/emulator\/startEmulator$/ }, () => ({
      path: "../emulator/startEmulator.js",
      external: true,
    }));
  },
};

void main();
