import { serializeStatusFiles } from "../core/statusFile/serialize";
import type { StatusFile } from "../core/statusFile/statusFile";
import { renderCsv } from "./csv";
import { renderHtml } from "./html/renderHtml";
import { renderJsonl } from "./jsonl";
import { renderMarkdown } from "./markdown/renderMarkdown";
import { redact } from "./redact";
import type { RenderOptions } from "./renderOptions";
import { renderText } from "./text/renderText";

type Rendering = (files: readonly StatusFile[], options: RenderOptions) => string;

/** Each format and its rendering. */
const renderings = {
  text: renderText,
  json: serializeStatusFiles,
  jsonl: renderJsonl,
  csv: renderCsv,
  markdown: renderMarkdown,
  html: renderHtml,
  // Loaded only where it is asked for: what writes XML is most of a command's start-up.
  junit: (files) => (require("./junit") as typeof import("./junit")).renderJunit(files),
} as const satisfies Readonly<Record<string, Rendering>>;

/** The form of a report. */
export type Format = keyof typeof renderings;

/** The forms of a report. */
export const formats = Object.keys(renderings) as readonly Format[];

/** Renders status files. Of several, the worst decides. */
export function render(format: Format, files: readonly StatusFile[], options: RenderOptions): string {
  const shown = options.redact ? redact(files) : files;
  const previous = options.redact && options.previous ? redact(options.previous) : options.previous;
  const rendering: Rendering = renderings[format];
  return rendering(shown, { ...options, previous });
}
