import type { FoundStatus } from "../../core/statusFile/statusFile";
import { csvColumns, csvRows } from "../csvRows";
import type { PageData } from "./pageData";
import { unpackStatus } from "./unpackRows";

/** The same CSV as the CSV report with all rows, without the library that would be larger than the page's script. */
export function csvOf(data: PageData): string {
  // The rows went into the page from such a file.
  const file = unpackStatus(data) as unknown as FoundStatus;
  const silent = file.regionStatuses.flatMap(({ error, region }) => (error === undefined ? [] : [{ region, error }]));
  const lines = csvRows(file, silent).map((row) => csvColumns.map((column) => row[column]));
  return [csvColumns, ...lines].map((line) => `${line.map((text) => field(text)).join(",")}\r\n`).join("");
}

function field(text = ""): string {
  // A spreadsheet takes these for the beginning of a formula, the last four in their wide form.
  const safe = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
