import type { StatusFile } from "../core/statusFile/statusFile";
import type { Verdict } from "../core/status/verdict";

/** The word for a lookup that gave no status. */
export const notLookedUp = "NOT_LOOKED_UP";

/** The outcome of a lookup for a gate, in one word. */
export type DecisionWord = Verdict | typeof notLookedUp;

export function decisionWord(file: StatusFile): DecisionWord {
  return file.verdict === null ? notLookedUp : file.decision.verdict;
}

/** The sign before the word, where there are signs. None says anything that the word does not say. */
export const decisionSigns: Readonly<Record<DecisionWord, string>> = {
  PASSED: "✓",
  FAILED: "✗",
  IN_PROGRESS: "…",
  INCOMPLETE: "!",
  NOT_LOOKED_UP: "?",
};
