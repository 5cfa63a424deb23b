import { outcomeOf } from "../status/detailedStatus";
import type { MemberStatus } from "../status/memberStatus";
import { accountCount } from "../status/place";
import { plural } from "../text/plural";
import type { Tolerance } from "./tolerance";

/** One account more adds 100. Far less than that comes from rounding, for example 2.9 percent of 1,000. */
const rounding = 1e-6;

/** The result of the comparison with `maxFailedAccounts` and `maxFailedPercent`, and a sentence about it. */
export interface FailureLimit {
  readonly isWithin: boolean;
  readonly sentence: string;
}

/**
 * Compares failures with the limits for them.
 *
 * @param failed - The failed rows that no exception covers.
 * @param isPartial - Set when there are rows that are not among the members: then a share can't be computed.
 * @returns `undefined` where there is no limit, or nothing to compare with it.
 */
export function failureLimit(
  members: readonly MemberStatus[],
  failed: readonly MemberStatus[],
  { maxFailedAccounts, maxFailedPercent }: Tolerance,
  isPartial: boolean,
): FailureLimit | undefined {
  if (failed.length === 0 || (maxFailedAccounts === undefined && maxFailedPercent === undefined)) return undefined;
  const count = accountCount(failed);
  const all = accountCount(members.filter(({ status }) => outcomeOf(status) !== "deleted"));
  const exceeded: string[] = [];
  if (maxFailedAccounts !== undefined && count > maxFailedAccounts) {
    exceeded.push(`maxFailedAccounts allows ${String(maxFailedAccounts)}`);
  }
  if (maxFailedPercent !== undefined && isPartial) {
    exceeded.push('maxFailedPercent can\'t be checked with detail "unsuccessful", so no failure is accepted');
  } else if (maxFailedPercent !== undefined && count * 100 - maxFailedPercent * all > rounding) {
    const allowed = Math.floor((maxFailedPercent * all + rounding) / 100);
    exceeded.push(`maxFailedPercent ${String(maxFailedPercent)} allows ${String(allowed)} of ${String(all)}`);
  }
  if (exceeded.length > 0) return { isWithin: false, sentence: `${exceeded.join(", and ")}.` };
  const limits = [
    ...(maxFailedAccounts === undefined ? [] : [`maxFailedAccounts ${String(maxFailedAccounts)}`]),
    ...(maxFailedPercent === undefined ? [] : [`maxFailedPercent ${String(maxFailedPercent)}`]),
  ].join(" and ");
  return { isWithin: true, sentence: `${String(count)} of ${plural(all, "account")} failed: within ${limits}.` };
}
