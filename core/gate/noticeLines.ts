import { plural } from "../text/plural";

const shown = 20;

/** Notices about exceptions, one a line: the first of them, and the number of the others. */
export function noticeLines(sentences: readonly string[]): string {
  const more = sentences.length > shown ? [`and ${plural(sentences.length - shown, "more notice")}`] : [];
  return [...sentences.slice(0, shown), ...more].join("\n");
}
