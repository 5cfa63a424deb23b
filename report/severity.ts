import { verdicts } from "../core/status/verdict";
import type { StatusFile } from "../core/statusFile/statusFile";

/** The status files, the worst first. What could not be looked up comes before every verdict: nothing is known there. */
export function worstFirst(files: readonly StatusFile[]): readonly StatusFile[] {
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/** True if the gate stays closed because of this lookup. */
export function isBlocking(file: StatusFile): boolean {
  return file.verdict === null || file.decision.verdict !== "PASSED";
}

function rank(file: StatusFile): number {
  return file.verdict === null ? -1 : verdicts.indexOf(file.decision.verdict);
}
