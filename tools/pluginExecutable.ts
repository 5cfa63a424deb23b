import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Node.js looks for this in itself. */
const fuse = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Makes one executable of a bundle and the Node.js that runs this: a single executable application. */
export async function buildExecutable(bundle: string, executable: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-sea-"));
  const isMac = process.platform === "darwin";
  try {
    const blob = join(folder, "blob");
    const config = { main: bundle, output: blob, disableExperimentalSEAWarning: true };
    await writeFile(join(folder, "config.json"), JSON.stringify(config));
    await run(process.execPath, ["--experimental-sea-config", join(folder, "config.json")]);
    await copyFile(process.execPath, executable);
    await chmod(executable, 0o755);
    if (isMac) await run("codesign", ["--remove-signature", executable]);
    const postject = require.resolve("postject/dist/cli.js");
    const macOptions = isMac ? ["--macho-segment-name", "NODE_SEA"] : [];
    // A process of its own: it prints warnings that say nothing.
    await run(process.execPath, [postject, executable, "NODE_SEA_BLOB", blob, "--sentinel-fuse", fuse, ...macOptions]);
    // Macs run nothing without a signature.
    if (isMac) await run("codesign", ["--sign", "-", executable]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
