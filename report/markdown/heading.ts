import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { counted, grouped } from "../numbers";
import { isBlocking, packsIn, worstFirst } from "../severity";

/** The heading: may this go on? Of several packs, the worst decides. */
export function heading(files: readonly StatusFile[]): string {
  const [worst] = worstFirst(files);
  if (!worst) return "### ⚠️ Conformance gate: no result";
  if (worst.verdict === null) {
    const failed = files.filter(({ verdict }) => verdict === null).length;
    const packs = packsIn(files).length;
    const what = packs === 1 ? "the pack" : `${grouped(failed)} of ${counted(packs, "pack")}`;
    return `### ⚠️ Conformance gate: blocked, ${what} could not be looked up`;
  }
  if (!isBlocking(worst)) {
    const isRollingOut = files.some((file) => file.verdict !== null && file.counts.accounts.inProgress > 0);
    return `### ✅ Conformance gate passed${isRollingOut ? ", a rollout is under way" : ""}`;
  }
  switch (worst.decision.verdict) {
    case "FAILED":
      return "### ❌ Conformance gate: blocked";
    case "IN_PROGRESS":
      return "### ⏳ Conformance gate: blocked, a rollout is under way";
    default:
      return incomplete(worst);
  }
}

function incomplete(file: FoundStatus): string {
  const codes = new Set(file.decision.reasons.map(({ code }) => code));
  const silent = file.regionStatuses.filter(({ error }) => error !== undefined).length;
  if (codes.has("regionUnanswered")) {
    return `### ⚠️ Conformance gate: blocked, ${grouped(silent)} of ${counted(file.regions.length, "region")} could not be read`;
  }
  const missing = new Set(file.missing.flatMap(({ accountId, tolerated }) => (tolerated ? [] : [accountId]))).size;
  if (codes.has("accountsMissing")) {
    return `### ❌ Conformance gate: blocked, ${counted(missing, "account")} ${missing === 1 ? "has" : "have"} no pack`;
  }
  return "### ❌ Conformance gate: blocked, the pack is incomplete";
}
