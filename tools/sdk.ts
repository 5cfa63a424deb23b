import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedFolders, generateSdks, sdkFolder } from "./sdkgen/generateSdks";

/** Writes the generated SDKs anew: files that are no longer generated go. */
async function main(): Promise<void> {
  const fresh = await mkdtemp(join(tmpdir(), "org-conformance-sdks-"));
  try {
    await generateSdks(fresh, (message) => process.stderr.write(`${message}\n`));
    for (const folder of generatedFolders) {
      await rm(join(sdkFolder, folder), { recursive: true, force: true });
      await cp(join(fresh, folder), join(sdkFolder, folder), { recursive: true });
    }
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

void main();
