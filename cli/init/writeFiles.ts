import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exitCodes } from "../../core/statusFile/exitCodes";
import { CommandError } from "../commandError";
import { fileProblem } from "../fileProblem";
import type { PlannedFile } from "./plannedFile";

/**
 * Writes the files that are not there yet.
 *
 * @returns Those that are there, and were left as they are.
 * @throws `CommandError`
 */
export async function writeFiles(root: string, files: readonly PlannedFile[]): Promise<readonly PlannedFile[]> {
  const kept: PlannedFile[] = [];
  for (const file of files) {
    const path = join(root, file.path);
    try {
      await mkdir(dirname(path), { recursive: true });
      // Fails if there is one, also if it came just now.
      await writeFile(path, file.text, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw new CommandError(`${file.path}: ${fileProblem(error)}`, exitCodes.invalidArguments);
      }
      kept.push(file);
    }
  }
  return kept;
}
