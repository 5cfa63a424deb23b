import type { CauseKind } from "../../core/gate/causes";
import type { StatusFile } from "../../core/statusFile/statusFile";
import type { Verdict } from "../../core/status/verdict";
import { decisionSigns, decisionWord } from "../decisionWord";

/** A colour of the page. No colour says anything that no word says. */
export type Tone = "good" | "bad" | "busy" | "gap" | "calm";

export const toneOfVerdict: Readonly<Record<Verdict, Tone>> = {
  PASSED: "good",
  FAILED: "bad",
  IN_PROGRESS: "busy",
  INCOMPLETE: "gap",
};

export const toneOfCause: Readonly<Record<CauseKind, Tone>> = {
  failed: "bad",
  stuck: "busy",
  inProgress: "busy",
  outdated: "busy",
  unrecognized: "gap",
  noRow: "gap",
  deleting: "gap",
  deleted: "gap",
};

/** The word, the sign and the colour for what a gate makes of a lookup. */
export function decisionOf(file: StatusFile): { readonly word: string; readonly tone: Tone; readonly sign: string } {
  const word = decisionWord(file);
  return {
    word: word.replaceAll("_", " "),
    tone: file.verdict === null ? "gap" : toneOfVerdict[file.decision.verdict],
    sign: decisionSigns[word],
  };
}
