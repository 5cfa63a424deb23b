import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readStatusFiles } from "./readStatusFiles";
import type { StatusFile } from "./statusFile";
import { StatusFileError } from "./statusFileError";

/**
 * Reads the status files that the lookups of one run wrote into a folder. Of a lookup in the preview and again in the
 * update, only the later one counts. Other files are left alone.
 *
 * @throws `StatusFileError`, or the file system's error.
 */
export async function readStatusFolder(folder: string): Promise<readonly StatusFile[]> {
  const names = (await readdir(folder)).filter((name) => fileName.test(name)).sort();
  const latest = new Map<string, StatusFile>();
  for (const name of names) {
    for (const file of filesIn(name, await readFile(join(folder, name), "utf8"))) {
      const lookup = name.replace(fileName, "$<lookup>");
      const known = latest.get(lookup);
      if (!known || known.lookedUpAt <= file.lookedUpAt) latest.set(lookup, file);
    }
  }
  return [...latest.values()];
}

/** @throws `StatusFileError`, which names the file. */
function filesIn(name: string, text: string): readonly StatusFile[] {
  try {
    return readStatusFiles(text);
  } catch (error) {
    throw error instanceof StatusFileError ? error.inFile(name) : error;
  }
}

const fileName = /^(?<lookup>[a-zA-Z][-a-zA-Z0-9]{0,127}\.[0-9a-f]{12})\.(preview|update)\.json$/;
