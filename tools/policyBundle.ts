import { build as bundle, type BuildOptions, type Plugin } from "esbuild";
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { licences } from "./licences";

/** Bundles into `policy/` everything that its pack runs, except the dependencies in its package.json. */
const root = resolve(__dirname, "..");
const folder = join(root, "policy", "dist");

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  metafile: true,
  logLevel: "warning",
};

async function main(): Promise<void> {
  const { dependencies } = JSON.parse(await readFile(join(root, "policy", "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const external = Object.keys(dependencies);
  const aws = new Set<string>();
  const pack = await bundle({
    ...options,
    entryPoints: [join(root, "dist", "policy", "main.js")],
    outfile: join(folder, "main.js"),
    external,
    plugins: [awsApart(aws)],
  });
  const sdk = await bundle({
    ...options,
    stdin: {
      contents: [...aws]
        .sort()
        .map((name) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(name)});`)
        .join("\n"),
      resolveDir: root,
    },
    outfile: join(folder, "aws.js"),
    external,
    // Otherwise 3 MB, of which a preview runs only a part.
    minifySyntax: true,
    minifyWhitespace: true,
  });
  await writeFile(join(folder, "LICENSES.txt"), await licences(root, [pack.metafile, sdk.metafile]));
}

/** Puts the AWS SDK into its own bundle, which is loaded only when it is required: most previews don't need it. */
function awsApart(found: Set<string>): Plugin {
  return {
    name: "aws-apart",
    setup(build) {
      build.onResolve({ filter: /^@(aws-sdk|smithy)\// }, ({ path }) => {
        found.add(path);
        return { path, namespace: "aws" };
      });
      build.onResolve({ filter: /^\.\/aws\.js$/, namespace: "aws" }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: "aws" }, ({ path }) => ({
        contents: `module.exports = require("./aws.js")[${JSON.stringify(path)}]();`,
      }));
    },
  };
}

void main();
