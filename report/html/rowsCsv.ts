import type { FoundStatus } from "../../core/statusFile/statusFile";
import { accountRows } from "../accountRows";
import type { PageData } from "./pageData";
import { unpackStatus } from "./unpackRows";

const columns = [
  "pack",
  "region",
  "account_id",
  "account_name",
  "outcome",
  "status",
  "error_code",
  "error_message",
  "last_update_time",
  "cause",
  "tolerated_until",
  "tolerated_reason",
  "tolerated_by",
];

/** The same CSV as the CSV report with all rows, without the library that would be larger than the page's script. */
export function csvOf(data: PageData): string {
  // The rows went into the page from such a file.
  const file = unpackStatus(data) as unknown as FoundStatus;
  const silent = file.regionStatuses.flatMap(({ error, region }) =>
    error === undefined ? [] : [[file.name, region, "", "", "regionUnanswered", "", "", error]],
  );
  const rows = accountRows(file).map((row) => [
    file.name,
    row.region,
    row.accountId,
    row.accountName,
    row.outcome,
    row.status,
    row.errorCode,
    row.errorMessage,
    row.lastUpdateTime,
    row.cause,
    row.tolerated?.expires,
    row.tolerated?.reason,
    row.tolerated?.by,
  ]);
  return [columns, ...silent, ...rows]
    .map((line) => `${columns.map((_, column) => field(line[column])).join(",")}\r\n`)
    .join("");
}

function field(text = ""): string {
  // A spreadsheet takes these for the beginning of a formula, the last four in their wide form.
  const harmless = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
