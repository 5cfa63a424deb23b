import { inspect } from "node:util";
import { sanitize } from "../text/sanitize";

/** A value as a message quotes it: short and sanitized. */
export function quoted(value: unknown): string {
  // What can't be seen, such as a zero-width space, is spelled out: it may be all that is wrong.
  if (typeof value === "string") return sanitize(JSON.stringify(value).replace(/\p{C}|(?! )\p{Z}/gu, escaped), 80);
  const text = inspect(value, { breakLength: Infinity, customInspect: false, depth: 1 });
  // An error without its stack.
  return sanitize(text.replace(/\n\s+at [^]*/, ""), 80);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
