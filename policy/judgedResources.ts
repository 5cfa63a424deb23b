import type { PackStatus } from "../provider/packStatus";
import type { Verdict } from "../provider/verdict";

/**
 * What the resource policies of this process have judged: by URN the status, and the verdicts that they looked for. A
 * policy pack's process lives for one preview or one update, so this is what the run has seen; the stack policy judges
 * the rest.
 */
const judged = new Map<string, { readonly status: string; readonly verdicts: Set<Verdict> }>();

export function rememberJudged(urn: string, status: PackStatus, verdicts: readonly Verdict[]): void {
  const text = JSON.stringify(status);
  const known = judged.get(urn);
  if (known?.status === text) for (const verdict of verdicts) known.verdicts.add(verdict);
  else judged.set(urn, { status: text, verdicts: new Set(verdicts) });
}

/** Those of `verdicts` for which no resource policy has looked at this status. */
export function notJudged<V extends Verdict>(urn: string, status: PackStatus, verdicts: readonly V[]): V[] {
  const known = judged.get(urn);
  if (known?.status !== JSON.stringify(status)) return [...verdicts];
  return verdicts.filter((verdict) => !known.verdicts.has(verdict));
}
