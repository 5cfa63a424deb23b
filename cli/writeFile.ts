import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { sanitize } from "../core/text/sanitize";
import { CommandError } from "./commandError";
import { fileProblem } from "./fileProblem";
import { otherFailure } from "./otherFailure";

/**
 * Writes a file as a whole or not at all: whoever reads it meanwhile has the old one.
 *
 * @throws `CommandError`
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path);
    const isDevice = await stat(target).then(
      (found) => !found.isFile() && !found.isDirectory(),
      () => false,
    );
    // A pipe or a device stays where it is.
    if (isDevice) await writeFile(target, text);
    else await replaceFile(target, text);
  } catch (error) {
    throw new CommandError(`${sanitize(path, 200)} can't be written. ${fileProblem(error)}`, otherFailure);
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    // A file that others may not read stays so.
    const old = await stat(path).catch(() => undefined);
    await writeFile(temporary, text, { flag: "wx", ...(old && { mode: old.mode & 0o777 }) });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
