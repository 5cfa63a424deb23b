import { isAbsolute } from "node:path";
import { InvalidArgumentsError, isError, OrgConformanceError } from "../errors";
import type { PackStatus } from "../status/packStatus";
import { sanitize } from "../text/sanitize";
import type { Lookup } from "./makeStatusFile";

/** The environment variable with the folder that each lookup of a run writes its status file to. */
export const statusFolderVariable = "PULUMI_ORG_CONFORMANCE_STATUS_DIR";

/**
 * The result of a lookup: a status, or the error that it ended with. `isUnsettled`: the last status of a wait that timed
 * out or was cancelled.
 */
export type Found = { readonly status: PackStatus; readonly isUnsettled?: boolean } | { readonly error: unknown };

/**
 * Writes the status file of a lookup, if the environment names a folder for it. A file that can't be written changes
 * nothing but what `warn` is told: no gate depends on it. Then, and if the lookup was cancelled, the file of the same
 * lookup earlier in the run is removed: a report must not show a pass that no longer holds.
 */
export function saveLookup(found: Found, lookup: Lookup, warn: (sentence: string) => void): void {
  const folder = statusFolder(warn);
  if (folder === undefined) return;
  try {
    // Arguments that were refused may be of any kind.
    const known = isRefusal(found) ? { ...lookup, args: { name: lookup.args.name } } : lookup;
    const file = fileOf(found, known);
    if (!file) {
      forgetLookup(lookup, warn);
      return;
    }
    // Loaded only now: most runs write no file.
    const { writeStatusFile } = require("./writeStatusFile") as typeof import("./writeStatusFile");
    writeStatusFile(folder, file, known);
  } catch (error) {
    const why = isError(error) ? error.message : String(error);
    warn(`The status file of pack "${sanitize(lookup.args.name, 128)}" was not written: ${sanitize(why, 300)}`);
    const { regions } = "status" in found ? found.status : lookup.args;
    forgetLookup({ ...lookup, args: { ...lookup.args, ...(regions && { regions }) } }, warn);
  }
}

/** Removes the status file that the same lookup wrote earlier in this run: what it said does not hold any more. */
export function forgetLookup(lookup: Lookup, warn: (sentence: string) => void): void {
  const folder = statusFolder(warn);
  if (folder === undefined) return;
  try {
    const { removeStatusFiles } = require("./writeStatusFile") as typeof import("./writeStatusFile");
    removeStatusFiles(folder, lookup);
  } catch (error) {
    const why = isError(error) ? error.message : String(error);
    warn(`The status file of an earlier lookup was not removed: ${sanitize(why, 300)}`);
  }
}

/** The folder that the environment names; `undefined` without one that can be used. */
function statusFolder(warn: (sentence: string) => void): string | undefined {
  const folder = process.env[statusFolderVariable];
  if (folder === undefined || folder === "") return undefined;
  if (isAbsolute(folder)) return folder;
  warn(
    `${statusFolderVariable} is ${sanitize(JSON.stringify(folder), 200)}, not an absolute path, so no status file was written: programs and policies of one run have different working folders.`,
  );
  return undefined;
}

function isRefusal(found: Found): boolean {
  return "error" in found && found.error instanceof InvalidArgumentsError;
}

function fileOf(found: Found, lookup: Lookup) {
  const { failedLookupFileOf, statusFileOf } = require("./makeStatusFile") as typeof import("./makeStatusFile");
  if ("status" in found) return statusFileOf(found.status, lookup, found.isUnsettled);
  // Anything else is a cancelled lookup or a bug: neither says something about the pack.
  return found.error instanceof OrgConformanceError ? failedLookupFileOf(found.error, lookup) : undefined;
}
