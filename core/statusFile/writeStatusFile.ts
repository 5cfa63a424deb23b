import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { AwsSettings } from "../aws/settings";
import { settingsIdentity } from "../aws/settingsIdentity";
import { allPacksName } from "../errors";
import type { Tolerance } from "../gate/tolerance";
import type { PackStatusArgs } from "../status/packStatusArgs";
import type { Lookup } from "./makeStatusFile";
import { serializeStatusFiles } from "./serialize";
import type { StatusFile } from "./statusFile";

/**
 * Writes a status file into a folder, which is created if there is none. The file is there as a whole or not at all, and
 * only its owner may read it. The same lookup of the same run overwrites its earlier file.
 *
 * @param folder - An absolute path.
 * @returns The file's path.
 */
export function writeStatusFile(folder: string, file: StatusFile, lookup: Lookup): string {
  if (!isAbsolute(folder)) throw new Error("The path of the folder is not absolute.");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, fileNameOf(lookup, file.regions));
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, serializeStatusFiles([file]), { mode: 0o600, flag: "wx" });
    renameSync(temporary, path);
    // A preview is later than an update that is over, and of some lookups it is known only afterwards that it was one.
    if (lookup.run?.preview === true)
      rmSync(join(folder, fileNameOf({ ...lookup, run: {} }, file.regions)), { force: true });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return path;
}

/** Removes the files of a lookup that has nothing to say any more. */
export function removeStatusFiles(folder: string, lookup: Lookup): void {
  for (const preview of [true, false]) {
    const path = join(folder, fileNameOf({ ...lookup, run: { preview } }, lookup.args.regions ?? []));
    // Where the folder is a file, there is nothing to remove.
    if (existsSync(path)) rmSync(path, { force: true });
  }
}

/**
 * `security-baseline.0123456789ab.preview.json`
 *
 * @param regions - Those of the lookup: a gate knows the default one after its first lookup.
 */
export function fileNameOf(
  { args, except, run, settings, tolerate }: Pick<Lookup, "args" | "except" | "run" | "settings" | "tolerate">,
  regions: readonly string[],
): string {
  // A mistake in the arguments is a result too, and the name may be the mistake.
  const isAll = args.name === allPacksName;
  const given = isAll ? "all-packs" : args.name;
  const name = /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(given) ? given : "invalid-name";
  // A file about all packs may be about some of the regions alone, and is of the same lookup then.
  const asked = { ...args, regions: isAll ? (args.regions ?? []) : regions, ...(except && { except }) };
  return `${name}.${digestOf(asked, tolerate, settings)}.${run?.preview === true ? "preview" : "update"}.json`;
}

function digestOf(
  { assumeRole, ...args }: PackStatusArgs,
  tolerate: Tolerance | undefined,
  settings: AwsSettings | undefined,
): string {
  // Without the external id, which is not to be guessed from a digest.
  const identity = settings && settingsIdentity(settings);
  const text = JSON.stringify([args, assumeRole?.roleArn, tolerate ?? {}, identity], (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
