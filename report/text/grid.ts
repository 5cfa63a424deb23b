import { groupBy } from "../../core/status/groupBy";
import { sanitize } from "../../core/text/sanitize";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { type AccountRow, accountRows, isTrouble } from "../accountRows";
import { isExcepted } from "../isExcepted";
import { tableLines } from "./tableLines";

const mostAccounts = 20;
const mostRegions = 8;

/** The accounts that need a look by region, where the terminal is wide enough for all of it; else `undefined`. */
export function gridOf(file: FoundStatus, width: number): readonly string[] | undefined {
  const regions = file.regionStatuses.flatMap(({ error, region }) => (error === undefined ? [region] : []));
  if (regions.length < 2 || regions.length > mostRegions) return undefined;
  const accounts = [...groupBy(accountRows(file), ({ accountId }) => accountId).values()].filter((rows) =>
    rows.some(isTrouble),
  );
  if (accounts.length === 0 || accounts.length > mostAccounts) return undefined;
  const hasCauses = file.causes.length > 0;
  const hasOwners = accounts.some(([{ owner }]) => owner !== undefined);
  const rows = accounts.map((own) => {
    const [{ accountId, accountName = "", owner = "" }] = own;
    const numbers = file.causes.flatMap((cause, index) =>
      cause.accounts.some((account) => account.accountId === accountId) ? [String(index + 1)] : [],
    );
    return [
      sanitize(accountId, 20),
      sanitize(accountName, 50),
      ...(hasOwners ? [sanitize(owner, 50)] : []),
      ...regions.map((region) => cellOf(own.find((row) => row.region === region))),
      ...(hasCauses ? [numbers.join(", ")] : []),
    ];
  });
  const heads = [
    ...["ACCOUNT", "NAME", ...(hasOwners ? ["OWNER"] : [])],
    ...regions.map((region) => sanitize(region, 40)),
    ...(hasCauses ? ["CAUSE"] : []),
  ];
  const lines = tableLines([heads, ...rows], []);
  return lines.every((line) => line.length <= width) ? lines : undefined;
}

function cellOf(row: AccountRow | undefined): string {
  if (!row) return "-";
  if (isExcepted(row.tolerated)) return "excepted";
  const word = cellWords[row.outcome];
  return isTrouble(row) && !row.tolerated ? `✗ ${word}` : word;
}

const cellWords: Readonly<Record<AccountRow["outcome"], string>> = {
  successful: "ok",
  deleted: "deleted",
  failed: "failed",
  inProgress: "in progress",
  stuck: "stuck",
  outdated: "not updated",
  unrecognized: "unknown",
  missing: "missing",
};
