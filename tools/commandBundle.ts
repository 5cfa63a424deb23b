import { build } from "esbuild";
import { chmod, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { licences } from "./licences";

const root = resolve(__dirname, "..");
const folder = join(root, "dist", "cli");

/**
 * Bundles the command line into one file. What it is made of are development dependencies, which an installation does not
 * pay for; only the AWS SDK, which the package depends on in any case, stays outside.
 */
async function main(): Promise<void> {
  const outfile = join(folder, "main.js");
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "cli", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    external: ["@aws-sdk/*", "@smithy/*", "@pulumi/*"],
    // Its main file loads its parts by a require that no bundler follows.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    banner: { js: "#!/usr/bin/env node" },
    // Half of the time until the first line is reading and compiling this file.
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    logLevel: "warning",
  });
  await chmod(outfile, 0o755);
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, [metafile]));
}

void main();
