import { performance } from "node:perf_hooks";

/** The most by which two clock readings on one machine may differ. */
const clockDifferenceMs = 1_000;

/** True if this run looked up at that time: what a policy is shown may be of an earlier one. */
export function isOfThisRun(lookedUpAt: Date): boolean {
  return !Number.isNaN(lookedUpAt.getTime()) && staleness(lookedUpAt, undefined) === undefined;
}

/** True if the update waits for the pack, and judges it then. It does not wait for a status that another run saved. */
export function isLeftToTheUpdate(
  { isAwaited, lookedUpAt }: { readonly isAwaited: boolean; readonly lookedUpAt: Date },
  maxAgeMinutes: number | undefined,
): boolean {
  return isAwaited && maxAgeMinutes === undefined && isOfThisRun(lookedUpAt);
}

/**
 * Says why a status that was looked up at `lookedUpAt` is too old, or returns `undefined`.
 *
 * A resource that a run leaves out (`--target`) keeps the status of an earlier run, and a policy is shown that. The
 * engine starts a policy pack's process before any lookup of the same run, so what is older is of another run.
 *
 * @param maxAgeMinutes - Judge by this age instead.
 */
export function staleness(lookedUpAt: Date, maxAgeMinutes: number | undefined): string | undefined {
  const time = lookedUpAt.getTime();
  const at = `This status was looked up at ${lookedUpAt.toISOString()}`;
  if (time > Date.now() + clockDifferenceMs) {
    return `${at}, which is in the future.\n    Next: correct the clock of the machine that is wrong, then run pulumi refresh.`;
  }
  const oldest = maxAgeMinutes === undefined ? performance.timeOrigin : Date.now() - maxAgeMinutes * 60_000;
  if (time >= oldest - clockDifferenceMs) return undefined;
  return maxAgeMinutes === undefined
    ? `${at}, not by this run.\n    Next: if the run has targets, add this resource to them (--target). To judge a saved state, run pulumi refresh and set maxStatusAgeMinutes.`
    : `${at}, longer ago than maxStatusAgeMinutes (${String(maxAgeMinutes)}) allows.\n    Next: run pulumi refresh.`;
}
