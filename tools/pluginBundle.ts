import { build } from "esbuild";
import { cp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { licences } from "./licences";

const root = resolve(__dirname, "..");

/**
 * Bundles the provider plugin into one file, beside its launchers: a folder that runs wherever Node.js is, and in which
 * nothing has to be installed.
 */
export async function bundlePlugin(folder = join(root, "plugin")): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "provider", "plugin", "main.ts")],
    outfile: join(folder, "main.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    metafile: true,
    logLevel: "warning",
    // Half the size, which the engine waits for. Names stay, for the stack of a mistake.
    minifySyntax: true,
    minifyWhitespace: true,
  });
  await cp(join(root, "provider", "plugin", "launchers"), folder, { recursive: true });
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, [metafile]));
}

if (require.main === module) void bundlePlugin();
