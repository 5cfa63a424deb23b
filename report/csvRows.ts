import type { FoundStatus } from "../core/statusFile/statusFile";
import { type AccountRow, accountRows } from "./accountRows";

/** The columns. New ones are added at the end: programs may go by their position. */
export const csvColumns = [
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
  "owner",
] as const;

/** One line of the file, by column. */
export type CsvRow = Partial<Record<(typeof csvColumns)[number], string | undefined>>;

/** A region that did not answer. */
interface Silent {
  readonly region: string;
  readonly error: string;
}

/**
 * The lines of a status: its silent regions, then the rows that are shown. It runs in the page's script, too.
 *
 * @param silent - Their errors as they are to be written.
 */
export function csvRows(
  file: FoundStatus,
  silent: readonly Silent[],
  isShown: (row: AccountRow) => boolean = () => true,
): readonly CsvRow[] {
  const pack = file.name;
  return [
    ...silent.map(({ error, region }) => ({
      pack,
      region,
      outcome: "regionUnanswered",
      error_message: error,
    })),
    ...accountRows(file)
      .filter(isShown)
      .map((row) => ({
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
        owner: row.owner,
      })),
  ];
}
