import { isPlainObject } from "../checks/check";
import { quoted } from "../checks/quoted";
import { type StatusFile, statusFileKind, statusFileListKind, statusFileVersion } from "./statusFile";
import { StatusFileError } from "./statusFileError";
import { statusFileShape } from "./statusFileShape";

/**
 * Reads the status files of one document: one, or those of a list.
 *
 * @param text - JSON.
 * @throws `StatusFileError`
 */
export function readStatusFiles(text: string): readonly StatusFile[] {
  return statusFilesOf(parse(text));
}

/**
 * The status files in a parsed document.
 *
 * @throws `StatusFileError`
 */
function statusFilesOf(document: unknown): readonly StatusFile[] {
  const kind = isPlainObject(document) ? document.kind : undefined;
  if (!isPlainObject(document) || (kind !== statusFileKind && kind !== statusFileListKind)) {
    const what = isPlainObject(document) && kind !== undefined ? `its kind is ${quoted(kind)}` : "it has no kind";
    throw new StatusFileError(
      "foreign",
      `This JSON is not a status file: ${what}.`,
      `Give a file that this package wrote: its kind is ${statusFileKind} or ${statusFileListKind}.`,
    );
  }
  refuseNewer(document);
  if (kind === statusFileKind) return [statusFileOf(document, "")];
  if (!Array.isArray(document.items)) throw damaged(`items is ${quoted(document.items)}, not a list`);
  return document.items.map((item: unknown, index) => {
    if (isPlainObject(item)) refuseNewer(item);
    return statusFileOf(item, `items[${String(index)}]`);
  });
}

function parse(text: string): unknown {
  try {
    // Windows PowerShell writes a byte order mark in front of what it redirects.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new StatusFileError(
      "foreign",
      text.trim() === "" ? "The file is empty." : "This is not JSON, so it is not a status file.",
      "Give a file that this package wrote.",
      error,
    );
  }
}

function refuseNewer({ schemaVersion, tool }: Readonly<Record<string, unknown>>): void {
  if (typeof schemaVersion !== "number" || !Number.isInteger(schemaVersion) || schemaVersion < 1) {
    throw damaged(`schemaVersion is ${quoted(schemaVersion)}, not a version`);
  }
  if (schemaVersion <= statusFileVersion) return;
  const writer = isPlainObject(tool) && typeof tool.version === "string" ? tool.version : undefined;
  const isPlainVersion = writer !== undefined && /^\d+\.\d+\.\d+(-[\w.-]{1,40})?$/.test(writer);
  throw new StatusFileError(
    "newer",
    `This status file has the format version ${String(schemaVersion)}; this version of the package reads up to ${String(statusFileVersion)}.`,
    isPlainVersion
      ? `Install pulumi-org-conformance ${writer} or later, which wrote the file.`
      : "Install the version of pulumi-org-conformance that wrote the file.",
  );
}

function statusFileOf(document: unknown, path: string): StatusFile {
  const mistake = statusFileShape(document, path);
  if (mistake !== undefined) throw damaged(mistake);
  return document as StatusFile;
}

function damaged(mistake: string): StatusFileError {
  return new StatusFileError(
    "damaged",
    `This status file can't be read: ${mistake}.`,
    "Write the file anew: it was changed or cut after the lookup.",
  );
}
