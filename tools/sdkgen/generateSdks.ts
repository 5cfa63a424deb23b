import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { cacheFolder, fillAtomically, type Progress } from "../goBinary";
import { schemaFile } from "../providerSchema";

/** The folder of all SDKs. */
export const sdkFolder = resolve(__dirname, "../../sdk");
/** The generated files in it: nothing else is in these folders. */
export const generatedFolders = ["go/orgconformance", "python"] as const;

/**
 * Writes the generated SDKs of provider/schema.json.
 *
 * @param into - Has the layout of `sdkFolder` then.
 * @throws `Error` when Go is not installed.
 */
export async function generateSdks(into: string, progress: Progress = () => undefined): Promise<void> {
  await promisify(execFile)(await generator(progress), [schemaFile, into]);
}

/** The generator's executable: built once into the user's cache, and again when its sources change. */
async function generator(progress: Progress): Promise<string> {
  const sources = await Promise.all(["go.mod", "go.sum", "main.go"].map((name) => readFile(join(__dirname, name))));
  const root = join(
    cacheFolder(),
    `sdkgen-${createHash("sha256").update(Buffer.concat(sources)).digest("hex").slice(0, 12)}`,
  );
  const executable = join(root, "sdkgen");
  if (existsSync(executable)) return executable;
  progress(`Building the generator of the SDKs into ${root}; this takes about 3 minutes, once`);
  await fillAtomically(root, async (folder) => {
    const env = { ...process.env, CGO_ENABLED: "0" };
    await promisify(execFile)("go", ["build", "-o", join(folder, "sdkgen"), "."], { cwd: __dirname, env });
  });
  return executable;
}
