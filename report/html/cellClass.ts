import type { Word } from "../stateWord";

/** The class of a cell: its colour. */
const classes: Readonly<Record<Word, string>> = {
  failed: "bad",
  stuck: "busy stuck",
  "in progress": "busy",
  "no row": "gap",
  "being deleted": "gap",
  deleted: "gap",
  unknown: "gap",
  "not updated": "busy",
  "within limit": "calm",
  excepted: "calm",
  ok: "ok",
  former: "none",
};

/** The class of a cell. No colour says anything that the word does not say. */
export function cellClass(word: Word): string {
  return classes[word];
}
