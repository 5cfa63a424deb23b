import type { PageData } from "./pageData";
import { unpackPlaces } from "./unpackRows";

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
];

/** The rows and the missing accounts as CSV: RFC 4180, with the columns of the CSV report. */
export function csvOf(data: PageData): string {
  const { causes, name } = data.document;
  const lines = unpackPlaces(data).map(({ cell, place, row, tolerated }) => {
    return [
      name,
      place.region,
      place.accountId,
      place.accountName,
      cell.word,
      row?.status,
      row?.errorCode,
      row?.errorMessage,
      row?.lastUpdateTime,
      cell.causes.map((cause) => causes[cause]?.errorCode ?? causes[cause]?.kind).join(" "),
      tolerated?.expires,
      tolerated?.reason,
    ];
  });
  return [columns, ...lines].map((line) => `${line.map(field).join(",")}\r\n`).join("");
}

function field(text = ""): string {
  // A spreadsheet takes these for the beginning of a formula.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
