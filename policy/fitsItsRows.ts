import { isDeepStrictEqual } from "node:util";
import { outcomeOf } from "../core/status/detailedStatus";
import { judge } from "../core/status/judge";
import type { Judgement } from "../core/status/judgement";
import type { PackStatus } from "../core/status/packStatus";
import { type Reason, type ReasonCode, reasonRules, ruleOf } from "../core/status/reasons";
import { verdicts } from "../core/status/verdict";

/**
 * True if the verdict, the reasons and the lists of a status fit its rows: a state may come from another
 * version, or from a person's hand.
 */
export function fitsItsRows(status: PackStatus): boolean {
  const { counts, failed, inProgress, missing, name, reasons, regions, regionStatuses, stuck, verdict } = status;
  const argued = (code: ReasonCode): boolean => reasons.some((reason) => reason.code === code);
  const again = judgeAgain(status);
  return (
    typeof name === "string" &&
    Array.isArray(regions) &&
    isDeepStrictEqual(
      regionStatuses.map(({ region }) => region),
      regions,
    ) &&
    verdict === (reasons[0]?.verdict ?? "PASSED") &&
    reasons.every((reason) => isKnown(reason) && verdicts.indexOf(reason.verdict) >= verdicts.indexOf(verdict)) &&
    isDeepStrictEqual(again.counts, counts) &&
    isDeepStrictEqual(again.failed, failed) &&
    isDeepStrictEqual(again.inProgress, inProgress) &&
    stuck.every((row) => outcomeOf(row.status) === "inProgress") &&
    stuck.length > 0 === argued("membersStuck") &&
    missing.length > 0 === argued("accountsMissing") &&
    // What is in neither the rows nor the aggregates can only add reasons.
    again.reasons.every((reason) => includes(reasons, reason)) &&
    reasons.every((reason) => !isShownByRows(reason) || includes(again.reasons, reason))
  );
}

function includes(reasons: readonly Reason[], { code, region }: Reason): boolean {
  return reasons.some((reason) => reason.code === code && reason.region === region);
}

/** Nothing is left of such a reason when there are no rows for it, so there must be some. */
function isShownByRows(reason: Reason): boolean {
  const { rows } = ruleOf(reason);
  return rows !== undefined && rows !== "stuck" && rows !== "missing";
}

/** Another version may have other codes, or another verdict for one. */
function isKnown({ code, verdict }: Reason): boolean {
  return Object.hasOwn(reasonRules, code) && reasonRules[code].verdict === verdict;
}

/** Judges by what the rows and the aggregates show. */
function judgeAgain({ members, reasons, regionStatuses }: PackStatus): Judgement {
  const argued = (code: ReasonCode, of?: string): boolean =>
    reasons.some(({ code: given, region }) => given === code && region === of);
  return judge({
    regions: regionStatuses.map(({ aggregate, error, nextStep, region }) => ({
      region,
      ...(aggregate && { aggregate }),
      ...(argued("successfulOmitted") && { hasSuccessful: !argued("noMembers", region) }),
      ...(error !== undefined && {
        failure: {
          code: argued("noSuchPack", region) ? "noSuchPack" : "regionUnanswered",
          message: error,
          nextStep: nextStep ?? "",
        },
      }),
    })),
    members,
    ...(argued("successfulOmitted") && { successfulOmitted: true }),
    ...(argued("accountsFiltered") && { onlyAccounts: [] }),
    ...(argued("statusesFiltered") && { onlyStatuses: [] }),
  });
}
