import type { PackStatus } from "../provider/packStatus";

/**
 * What the resource policies of this process have judged, by URN. A policy pack's process lives for one preview or
 * one update, so this is what the run has seen; the stack policy judges only the rest.
 */
const judged = new Map<string, string>();

export function rememberJudged(urn: string, status: PackStatus): void {
  judged.set(urn, JSON.stringify(status));
}

export function wasJudged(urn: string, status: PackStatus): boolean {
  return judged.get(urn) === JSON.stringify(status);
}
