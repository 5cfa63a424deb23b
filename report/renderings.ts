import { serializeStatusFiles } from "../core/statusFile/serialize";
import type { StatusFile } from "../core/statusFile/statusFile";
import { redact } from "./redact";
import type { RenderOptions } from "./renderOptions";

type Rendering = (files: readonly StatusFile[], options: RenderOptions) => string;

/** Each format and its rendering, which is loaded only where it is asked for: a command's start waits for what it loads. */
const renderings = {
  text: (...given) => (require("./text/renderText") as typeof import("./text/renderText")).renderText(...given),
  json: serializeStatusFiles,
  jsonl: (...given) => (require("./jsonl") as typeof import("./jsonl")).renderJsonl(...given),
  csv: (...given) => (require("./csv") as typeof import("./csv")).renderCsv(...given),
  markdown: (...given) =>
    (require("./markdown/renderMarkdown") as typeof import("./markdown/renderMarkdown")).renderMarkdown(...given),
  html: (...given) => (require("./html/renderHtml") as typeof import("./html/renderHtml")).renderHtml(...given),
  junit: (files) => (require("./junit") as typeof import("./junit")).renderJunit(files),
} as const satisfies Readonly<Record<string, Rendering>>;

/** The form of a report. */
export type Format = keyof typeof renderings;

/** The forms of a report. */
export const formats = Object.keys(renderings) as readonly Format[];

/** Renders status files. Of several, the worst decides. */
export function render(format: Format, files: readonly StatusFile[], options: RenderOptions): string {
  const { previous } = options;
  const rendering: Rendering = renderings[format];
  if (!options.redact) return rendering(files, options);
  // Together, so that an account has the same short id in both.
  const shown = redact([...files, ...(previous ?? [])]);
  return rendering(shown.slice(0, files.length), {
    ...options,
    previous: previous && shown.slice(files.length),
  });
}
