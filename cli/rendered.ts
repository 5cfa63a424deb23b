import { serializeStatusFiles } from "../core/statusFile/serialize";
import type { StatusFile } from "../core/statusFile/statusFile";
import { renderHtml } from "../report/html/renderHtml";
import type { RenderOptions } from "../report/renderOptions";
import type { Format } from "./formats";

type Rendering = (files: readonly StatusFile[], options: RenderOptions) => string;

const renderings: Readonly<Record<Format, Rendering>> = {
  text: (files) => files.map((file) => `${file.verdict ?? "?"} ${file.name}\n`).join(""),
  json: serializeStatusFiles,
  jsonl: () => "",
  csv: () => "",
  markdown: (files) => files.map((file) => `### ${file.verdict ?? "?"} ${file.name}\n`).join(""),
  html: renderHtml,
  junit: () => "",
};

/** The report in one of its forms. */
export function rendered(files: readonly StatusFile[], format: Format, options: RenderOptions): string {
  return renderings[format](files, options);
}
