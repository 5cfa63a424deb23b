import { build, type Plugin } from "esbuild";
import { cp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { licences } from "./licences";

const root = resolve(__dirname, "..");

/** The module that the plugin loads when it is up. */
const late = "gateProvider";

/** Leaves that module to a file of its own: Node.js reads all of a file before it runs a line. */
const loadedLate: Plugin = {
  name: "loaded late",
  setup: (esbuild) => {
    esbuild.onResolve({ filter: new RegExp(`^\\./${late}$`) }, ({ kind }) =>
      kind === "require-call" ? { path: `./${late}.js`, external: true } : undefined,
    );
  },
};

/**
 * Bundles the provider plugin, beside its launchers: a folder that runs wherever Node.js is, and in which nothing has to
 * be installed.
 *
 * @param isOneFile - Set for an executable, which can load no other file.
 */
export async function bundlePlugin(folder = join(root, "plugin"), isOneFile = false): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["main", ...(isOneFile ? [] : [late])].map((name) => join(root, "provider", "plugin", `${name}.ts`)),
    outdir: folder,
    plugins: isOneFile ? [] : [loadedLate],
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
