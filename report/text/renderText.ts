import type { StatusFile } from "../../core/statusFile/statusFile";
import { noResult, noResultNextStep } from "../noResult";
import type { RenderOptions } from "../renderOptions";
import { packsSentence, worstFirst } from "../severity";
import { pipedText } from "./pipedText";

/** Renders text for people: on a terminal wrapped and in colours, else a fact a line. Nothing is ever cut. */
export function renderText(files: readonly StatusFile[], options: RenderOptions): string {
  if (files.length === 0) return `No result. ${noResult}\nNext: ${noResultNextStep}\n`;
  const summary = packsSentence(files);
  const linesOf = lineRendering(options);
  const blocks = worstFirst(files).map((file) => linesOf(file).join("\n"));
  return `${[...(summary === undefined ? [] : [summary]), ...blocks].join("\n\n")}\n`;
}

function lineRendering(options: RenderOptions): (file: StatusFile) => readonly string[] {
  const { terminal } = options;
  if (!terminal) return (file) => pipedText(file, options);
  // Loaded only here: nothing else needs tables and colours.
  const { terminalText } = require("./terminalText") as typeof import("./terminalText");
  return (file) => terminalText(file, options, terminal);
}
