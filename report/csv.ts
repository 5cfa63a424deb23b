import { stringify } from "csv-stringify/sync";
import type { StatusFile } from "../core/statusFile/statusFile";
import { accountRows, isTrouble } from "./accountRows";
import type { RenderOptions } from "./renderOptions";
import { silentRegions } from "./regionNumbers";

/** The columns. New ones are added at the end: programs may go by their position. */
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
] as const;

type Line = Partial<Record<(typeof columns)[number], string | undefined>>;

/**
 * Renders a row for each account and region, as RFC 4180. A region that did not answer, and a lookup that failed, are a
 * row each: a table without them would look healthy.
 */
export function renderCsv(files: readonly StatusFile[], { show }: RenderOptions): string {
  return stringify(
    files.flatMap((file) => linesOf(file, show)),
    // A spreadsheet runs a cell that begins like a formula.
    { header: true, columns: [...columns], record_delimiter: "windows", escape_formulas: true },
  );
}

function linesOf(file: StatusFile, show: RenderOptions["show"]): readonly Line[] {
  const pack = file.name;
  if (file.verdict === null) {
    const { class: name, message, region } = file.error;
    return [{ pack, region, outcome: "notLookedUp", error_code: name, error_message: message }];
  }
  const rows = accountRows(file).filter((row) => show === "all" || isTrouble(row));
  return [
    ...silentRegions(file).map(({ error, region }) => ({
      pack,
      region,
      outcome: "regionUnanswered",
      error_message: error,
    })),
    ...rows.map((row) => ({
      pack,
      region: row.region,
      account_id: row.accountId,
      account_name: row.accountName,
      outcome: row.outcome,
      status: row.status,
      error_code: row.errorCode,
      error_message: row.errorMessage,
      last_update_time: row.lastUpdateTime,
      cause: row.cause,
      tolerated_until: row.tolerated?.expires,
      tolerated_reason: row.tolerated?.reason,
      tolerated_by: row.tolerated?.by,
    })),
  ];
}
