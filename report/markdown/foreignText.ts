import { sanitize } from "../../core/text/sanitize";

/**
 * Foreign text as a code span: no name can then be a mention, a link, an image, an element, an issue or an emoji. A list of
 * characters to escape would always be one short.
 *
 * @param maxLength - The length at which it is cut. A cut text says so.
 */
export function code(text: string, maxLength = 600): string {
  const line = sanitize(text, maxLength);
  if (line === "") return "";
  const runs = [...line.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(longestButNot(runs));
  // A space beside a backtick, and beside a space that would be taken for such a one.
  const pad = /^[ `]|[ `]$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The length of a fence: the shortest that is in no run. */
function longestButNot(runs: readonly number[]): number {
  let length = 1;
  while (runs.includes(length)) length += 1;
  return length;
}

/** A code span in the cell of a table. */
export function codeInCell(text: string, maxLength?: number): string {
  // Readers differ on whether a backslash before an escaped pipe escapes the backslash: a space keeps them apart.
  return code(text, maxLength)
    .replace(/\\(?=\|)/g, "\\ ")
    .replaceAll("|", "\\|");
}

/** A plain word of a sentence: no dot, colon or sign inside, with which Markdown or GitHub could make something of it. */
const plainWord = /^\(?(?!GH-\d)[A-Za-z](?:[A-Za-z'’-]*[A-Za-z])?(?:-\d{1,2})?\)?[.,;:…]?$|^\(?\d{1,6}%?\)?[,.;]?$/i;

/**
 * Foreign text as prose: words and small numbers as they are, everything else in code spans. It must not begin a block of
 * Markdown.
 */
export function prose(text: string, maxLength = 1_000): string {
  return sanitize(text, maxLength)
    .split(/ +/)
    .map((word) => (word === "" || plainWord.test(word) ? word : codeWord(word)))
    .join(" ");
}

/** The punctuation around a word stays outside. */
function codeWord(word: string): string {
  const [, before = "", inner = "", after = ""] = /^(\(?)(.*?)(\)?[.,;:]?)$/s.exec(word) ?? [];
  return inner === "" ? code(word) : `${before}${code(inner)}${after}`;
}
