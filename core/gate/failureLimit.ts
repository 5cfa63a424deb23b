import { type MemberStatus, outcomeOf } from "../status/memberStatus";
import type { PackStatus } from "../status/packStatus";
import type { Tolerance } from "./tolerance";
import { plural } from "../status/verdict";

/** How failed accounts stand to `maxFailedAccounts` and `maxFailedPercent`; empty when there is neither. */
export interface FailureLimit {
  /** By which limits they may pass: a sentence. */
  readonly within?: string;
  /** Which limits they exceed: the end of the sentence that counts the failed rows. */
  readonly exceeded?: string;
}

/**
 * Counts the accounts of `failed` against the limits.
 *
 * @param failed - The failed rows that no exception excuses.
 */
export function failureLimit(
  { failed: allFailed, members, reasons, regions }: PackStatus,
  failed: readonly MemberStatus[],
  { maxFailedAccounts, maxFailedPercent }: Tolerance,
): FailureLimit {
  if (failed.length === 0 || (maxFailedAccounts === undefined && maxFailedPercent === undefined)) return {};
  const count = accountsIn(failed);
  const all = accountsIn(members.filter(({ status }) => outcomeOf(status) !== "deleted"));
  const exceeded: string[] = [];
  if (maxFailedAccounts !== undefined && count > maxFailedAccounts) {
    exceeded.push(`maxFailedAccounts allows ${String(maxFailedAccounts)}`);
  }
  const isPartial = reasons.some(({ code }) => code === "successfulOmitted");
  if (maxFailedPercent !== undefined && isPartial) {
    exceeded.push("maxFailedPercent does not count with detail unsuccessful");
  } else if (maxFailedPercent !== undefined && count * 100 - maxFailedPercent * all > rounding) {
    const allowed = Math.floor((maxFailedPercent * all + rounding) / 100);
    exceeded.push(`maxFailedPercent ${String(maxFailedPercent)} allows ${String(allowed)} of ${String(all)}`);
  }
  if (exceeded.length > 0) {
    const areExcepted = failed.length < allFailed.length;
    // Rows are counted where there are several regions, and excepted ones too.
    const counted = `. ${plural(count, "account")}${areExcepted ? " without an exception" : ""} failed`;
    return { exceeded: `${areExcepted || regions.length > 1 ? counted : ""}; ${exceeded.join(", and ")}.` };
  }
  const limits = [
    ...(maxFailedAccounts === undefined ? [] : [`maxFailedAccounts ${String(maxFailedAccounts)}`]),
    ...(maxFailedPercent === undefined ? [] : [`maxFailedPercent ${String(maxFailedPercent)}`]),
  ].join(" and ");
  return { within: `${String(count)} of ${plural(all, "account")} failed: within ${limits}.` };
}

/** One account more makes 100 of it; what is far below that is the rounding of 2.9 percent of 1,000. */
const rounding = 1e-6;

function accountsIn(rows: readonly MemberStatus[]): number {
  return new Set(rows.map(({ accountId }) => accountId)).size;
}
