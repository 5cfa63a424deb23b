import type { PackStatus } from "../core/status/packStatus";
import type { Tolerance } from "../core/gate/tolerance";
import type { Verdict } from "../core/status/verdict";

/**
 * What the resource policies of this process have judged: by URN the status, and by verdict that they looked for, the
 * tolerance that they did it with. A policy pack's process lives for one preview or one update, so this is what the run
 * has seen; the stack policy judges the rest.
 */
const judged = new Map<string, { readonly status: string; readonly tolerances: Map<Verdict, string> }>();

export function rememberJudged(
  urn: string,
  status: PackStatus,
  verdicts: readonly Verdict[],
  tolerate: Tolerance | undefined,
): void {
  const text = withoutTimes(status);
  const known = judged.get(urn);
  const { tolerances } = known?.status === text ? known : { tolerances: new Map<Verdict, string>() };
  for (const verdict of verdicts) tolerances.set(verdict, textOf(tolerate));
  judged.set(urn, { status: text, tolerances });
}

/**
 * Those of `verdicts` for which no resource policy has looked at this status.
 *
 * @param tolerate - Counts only what was judged with this tolerance. Default: whatever the tolerance was.
 */
export function notJudged<V extends Verdict>(
  urn: string,
  status: PackStatus,
  verdicts: readonly V[],
  tolerate: Tolerance | undefined,
): V[] {
  const known = judged.get(urn);
  if (known?.status !== withoutTimes(status)) return [...verdicts];
  return verdicts.filter((verdict) => {
    const tolerance = known.tolerances.get(verdict);
    return tolerance === undefined || (tolerate !== undefined && tolerance !== textOf(tolerate));
  });
}

/** By URN, the status that this run looked up. */
const lookedUp = new Map<string, string>();

export function rememberLookedUp(urn: string, status: PackStatus): void {
  lookedUp.set(urn, withoutTimes(status));
}

/**
 * Whether this run looked the status up. The end of a run shows a resource that has not changed as an earlier run saved
 * it, with the time of that run.
 */
export function wasLookedUp(urn: string, status: PackStatus): boolean {
  return lookedUp.get(urn) === withoutTimes(status);
}

/**
 * What was judged, without the rows' times: when nothing but these has changed, the resource has not, and the end of the
 * run shows it with the times of an earlier one.
 */
function withoutTimes(status: PackStatus): string {
  return JSON.stringify(status, (key, value: unknown) => (key === "lastUpdateTime" ? undefined : value));
}

function textOf(tolerate: Tolerance | undefined): string {
  return JSON.stringify(tolerate ?? {});
}
