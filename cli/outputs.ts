import type { StatusFile } from "../core/statusFile/statusFile";
import { serializeStatusFiles } from "../core/statusFile/serialize";
import type { OutputFlags } from "./outputFlags";
import { writeToStdout } from "./stdout";
export async function writeOutputs(files: readonly StatusFile[], flags: OutputFlags): Promise<void> {
  await writeToStdout(
    flags.output === "json"
      ? serializeStatusFiles(files)
      : files.map((f) => `${f.verdict ?? "?"} ${f.name}\n`).join(""),
  );
}
