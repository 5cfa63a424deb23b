import { performance } from "node:perf_hooks";

/** What two clock readings on one machine may differ by. */
const clockDifferenceMs = 1_000;

/**
 * Says why a status that was looked up at `lookedUpAt` is not one of this run, or returns `undefined`.
 *
 * A resource that a run leaves out (`--target`) keeps the status of an earlier run, and a policy is shown that. The
 * engine starts a policy pack's process before any lookup of the same run, so what is older is of another run.
 *
 * @param maxAgeMinutes - Judge by this age instead.
 */
export function staleness(lookedUpAt: Date, maxAgeMinutes: number | undefined): string | undefined {
  const oldest = maxAgeMinutes === undefined ? performance.timeOrigin : Date.now() - maxAgeMinutes * 60_000;
  const time = lookedUpAt.getTime();
  if (time >= oldest - clockDifferenceMs && time <= Date.now() + clockDifferenceMs) return undefined;
  return `This status was looked up at ${lookedUpAt.toISOString()}, not by this run.\n    Next: if the run has targets, add this resource to them (--target); to judge a saved state, run pulumi refresh and set maxStatusAgeMinutes.`;
}
