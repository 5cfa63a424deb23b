import { allPacksName } from "../core/errors";
import { verdicts } from "../core/status/verdict";
import type { StatusFile } from "../core/statusFile/statusFile";
import { counted, grouped } from "./numbers";

/** The status files, the worst first. What could not be looked up comes before every verdict: nothing is known there. */
export function worstFirst(files: readonly StatusFile[]): readonly StatusFile[] {
  return files.toSorted((a, b) => rank(a) - rank(b));
}

/** True if the gate stays closed because of this lookup. */
export function isBlocking(file: StatusFile): boolean {
  return file.verdict === null || file.decision.verdict !== "PASSED";
}

/**
 * The packs that a report counts. The file that stands for all packs says which regions listed none: it is no pack, but it
 * may close the gate.
 */
export function packsIn(files: readonly StatusFile[]): readonly StatusFile[] {
  return files.filter((file) => file.name !== allPacksName || isBlocking(file));
}

/** The sentence on all packs of a report; `undefined` for one pack, which speaks for itself. */
export function packsSentence(files: readonly StatusFile[]): string | undefined {
  const packs = packsIn(files);
  if (packs.length < 2) return undefined;
  const blocking = packs.filter(isBlocking).length;
  const all = counted(packs.length, "pack");
  return blocking === 0 ? `All ${all} passed.` : `${grouped(blocking)} of ${all} did not pass.`;
}

function rank(file: StatusFile): number {
  return file.verdict === null ? -1 : verdicts.indexOf(file.decision.verdict);
}
