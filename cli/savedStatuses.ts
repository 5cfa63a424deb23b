import { readFile, stat } from "node:fs/promises";
import { OrgConformanceError } from "../core/errors";
import { exitCodes } from "../core/statusFile/exitCodes";
import { readStatusFiles } from "../core/statusFile/readStatusFiles";
import { readStatusFolder } from "../core/statusFile/readStatusFolder";
import { isPlainObject } from "../core/checks/check";
import { sanitize } from "../core/text/sanitize";
import { CommandError } from "./commandError";
import { fileProblem } from "./fileProblem";
import {
  engineEventsIn,
  jsonOf,
  type SavedStatuses,
  statusesInEvents,
  statusesInExport,
  statusesInPreview,
} from "./pulumiOutput";

/**
 * Reads saved statuses: status files, folders of them, or what the Pulumi CLI wrote.
 *
 * @param path - `-` for stdin.
 * @throws `CommandError`
 */
export async function readSavedStatuses(path: string): Promise<SavedStatuses> {
  try {
    const isFolder = path !== "-" && (await stat(path)).isDirectory();
    if (isFolder) return { files: await readStatusFolder(path), remarks: [], problems: [] };
    return statusesIn(path === "-" ? await readStdin() : await readFile(path, "utf8"));
  } catch (error) {
    const why = error instanceof OrgConformanceError ? error.message : fileProblem(error);
    throw new CommandError(`${inputName(path)}: ${why}`, exitCodes.notLookedUp);
  }
}

/** The name of an input for a person. */
export function inputName(path: string): string {
  return path === "-" ? "stdin" : sanitize(path, 200);
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The statuses in a text, by its shape. */
function statusesIn(text: string): SavedStatuses {
  const events = engineEventsIn(text);
  if (events) return statusesInEvents(events);
  const document = jsonOf(text);
  if (isPlainObject(document) && document.kind === undefined) {
    if (Array.isArray(document.steps)) return statusesInPreview(document);
    if (isPlainObject(document.deployment)) return statusesInExport(document.deployment);
  }
  // It says what is wrong with any other text.
  return { files: readStatusFiles(text), remarks: [], problems: [] };
}
