import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { version } from "../core/text/version";
import { bundlePlugin, pluginScripts } from "./pluginBundle";
import { buildExecutable } from "./pluginExecutable";

const run = promisify(execFile);
const name = "pulumi-resource-org-conformance";

/** The platforms of Pulumi's own archives. */
const platforms = ["linux", "darwin", "windows"].flatMap((os) => ["amd64", "arm64"].map((arch) => `${os}-${arch}`));

/**
 * Makes what a release publishes of the plugin: an archive for each platform, under the name by which Pulumi asks for it,
 * and their checksums.
 *
 * @param folder - Where the archives go.
 * @param isExecutable - Makes the one of this platform instead, with an executable that needs no Node.js.
 * @returns The names of the archives.
 */
export async function archivePlugin(folder: string, isExecutable = false): Promise<string[]> {
  const bundle = join(folder, "plugin");
  await bundlePlugin(bundle, isExecutable);
  await mkdir(join(folder, "archives"), { recursive: true });
  const archives = [];
  for (const platform of isExecutable ? [thisPlatform()] : platforms) {
    const content = await mkdtemp(join(tmpdir(), "org-conformance-plugin-"));
    try {
      const suffix = platform.startsWith("windows") ? (isExecutable ? ".exe" : ".cmd") : "";
      await cp(join(bundle, "LICENSES.txt"), join(content, "LICENSES.txt"));
      if (isExecutable) await buildExecutable(join(bundle, "main.js"), join(content, `${name}${suffix}`));
      else for (const file of [...pluginScripts, `${name}${suffix}`]) await cp(join(bundle, file), join(content, file));
      const archive = `${name}-v${version}-${platform}.tar.gz`;
      // The executable is at the root, where Pulumi looks for it.
      await run("tar", ["-czf", archive, "-C", content, ...(await readdir(content)).sort()], {
        // GNU tar takes the drive in an archive's path for a host.
        cwd: join(folder, "archives"),
      });
      archives.push(archive);
    } finally {
      await rm(content, { recursive: true, force: true });
    }
  }
  await writeChecksums(join(folder, "archives"));
  return archives;
}

/** As sha256sum writes and checks them. */
async function writeChecksums(folder: string): Promise<void> {
  const archives = (await readdir(folder)).filter((file) => file.endsWith(".tar.gz")).sort();
  const lines = await Promise.all(
    archives.map(async (file) => {
      const sum = createHash("sha256").update(await readFile(join(folder, file)));
      return `${sum.digest("hex")}  ${file}\n`;
    }),
  );
  await writeFile(join(folder, `${name}-v${version}-checksums.txt`), lines.join(""));
}

/** In the words of Pulumi, which are those of Go. */
function thisPlatform(): string {
  const os = process.platform === "win32" ? "windows" : process.platform;
  return `${os}-${process.arch === "x64" ? "amd64" : process.arch}`;
}

if (require.main === module) {
  void archivePlugin(resolve(__dirname, "..", "dist"), process.argv.includes("--executable"));
}
