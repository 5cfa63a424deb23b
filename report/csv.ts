import { stringify } from "csv-stringify/sync";
import type { StatusFile } from "../core/statusFile/statusFile";
import { isTrouble } from "./places";
import { csvColumns, type CsvRow, csvRows } from "./csvRows";
import { silentRegions } from "./regionNumbers";
import type { RenderOptions } from "./renderOptions";

/**
 * Renders a row for each account and region, as RFC 4180. A region that did not answer, and a lookup that failed, are a
 * row each: a table without them would look healthy.
 */
export function renderCsv(files: readonly StatusFile[], { show }: RenderOptions): string {
  return stringify(
    files.flatMap((file) => linesOf(file, show)),
    // A spreadsheet runs a cell that begins like a formula.
    { header: true, columns: [...csvColumns], record_delimiter: "windows", escape_formulas: true },
  );
}

function linesOf(file: StatusFile, show: RenderOptions["show"]): readonly CsvRow[] {
  if (file.verdict !== null) return csvRows(file, silentRegions(file), (row) => show === "all" || isTrouble(row));
  const { class: name, message, region } = file.error;
  return [{ pack: file.name, region, outcome: "notLookedUp", error_code: name, error_message: message }];
}
