import { build, type Plugin } from "esbuild";
import { cp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { licences } from "./licences";

const root = resolve(__dirname, "..");

/** The plugin's entry, and the modules that it loads late: each is a file of its own. */
const main = "main";
const late = ["serve", "gateProvider"];

/** Both the entry and `serve` use it, so it is a file too. */
const shared = { module: "@grpc/grpc-js", file: "grpc" };

/** Leaves modules to files of their own: Node.js reads all of a file before it runs a line. */
const loadedApart: Plugin = {
  name: "loaded apart",
  setup: (esbuild) => {
    esbuild.onResolve({ filter: new RegExp(`^\\./(${late.join("|")})$`) }, ({ kind, path }) =>
      kind === "require-call" ? { path: `${path}.js`, external: true } : undefined,
    );
    esbuild.onResolve({ filter: new RegExp(`^${shared.module}$`) }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: `./${shared.file}.js`, external: true },
    );
  },
};

/** The files of a plugin that is not an executable, beside its launchers. */
export const pluginScripts = [main, ...late, shared.file].map((name) => `${name}.js`);

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
    entryPoints: {
      ...Object.fromEntries(
        [main, ...(isOneFile ? [] : late)].map((name) => [name, join(root, "provider", "plugin", `${name}.ts`)]),
      ),
      ...(!isOneFile && { [shared.file]: shared.module }),
    },
    outdir: folder,
    plugins: isOneFile ? [] : [loadedApart],
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
