import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "postject";
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
    await inject(executable, "NODE_SEA_BLOB", await readFile(blob), {
      sentinelFuse: fuse,
      ...(isMac && { machoSegmentName: "NODE_SEA" }),
    });
    // Macs run nothing without a signature.
    if (isMac) await run("codesign", ["--sign", "-", executable]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
