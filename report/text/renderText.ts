import type { StatusFile } from "../../core/statusFile/statusFile";
import { noResult, noResultNextStep } from "../noResult";
import type { RenderOptions } from "../renderOptions";
import { packsSentence, worstFirst } from "../severity";
import { pipedText } from "./pipedText";
import { terminalText } from "./terminalText";

/** Renders text for people: on a terminal wrapped and in colours, else a fact a line. Nothing is ever cut. */
export function renderText(files: readonly StatusFile[], options: RenderOptions): string {
  if (files.length === 0) return `No result. ${noResult}\nNext: ${noResultNextStep}\n`;
  const summary = packsSentence(files);
  const { terminal } = options;
  const blocks = worstFirst(files).map((file) =>
    (terminal ? terminalText(file, options, terminal) : pipedText(file, options)).join("\n"),
  );
  return `${[...(summary === undefined ? [] : [summary]), ...blocks].join("\n\n")}\n`;
}
