import type { StatusFile } from "../../core/statusFile/statusFile";
import { plural } from "../../core/text/plural";
import type { RenderOptions } from "../renderOptions";
import { isBlocking, worstFirst } from "../severity";
import { pipedText } from "./pipedText";
import { terminalText } from "./terminalText";

/** The text where no lookup was made. */
const noResult =
  "No result: the gate did not run, or did not get as far as looking up a pack.\nNext: See the log of the job.\n";

/** Renders text for people: on a terminal wrapped and in colours, else a fact a line. Nothing is ever cut. */
export function renderText(files: readonly StatusFile[], options: RenderOptions): string {
  if (files.length === 0) return noResult;
  const blocking = files.filter(isBlocking).length;
  const summary =
    files.length === 1
      ? []
      : [
          blocking === 0
            ? `All ${plural(files.length, "pack")} passed.`
            : `${String(blocking)} of ${plural(files.length, "pack")} did not pass.`,
        ];
  const { terminal } = options;
  const blocks = worstFirst(files).map((file) =>
    (terminal ? terminalText(file, options, terminal) : pipedText(file, options)).join("\n"),
  );
  return `${[...summary, ...blocks].join("\n\n")}\n`;
}
