import { inspect, types } from "node:util";
import { sanitize } from "../text/sanitize";

/** A value as a message quotes it: short and sanitized. Of an object or a list, no values: they may be secrets. */
export function quoted(value: unknown): string {
  // What can't be seen, such as a zero-width space, is spelled out: it may be all that is wrong.
  if (typeof value === "string") return sanitize(JSON.stringify(value).replace(/\p{C}|(?! )\p{Z}/gu, escaped), 80);
  if (Array.isArray(value))
    return value.length === 1 ? "A list of 1 entry" : `A list of ${String(value.length)} entries`;
  if (typeof value === "object" && value !== null) return described(value);
  return sanitize(typeof value === "function" ? "A function" : inspect(value), 80);
}

function described(value: object): string {
  if (types.isPromise(value)) return "A Promise";
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (kind !== "Object") return sanitize(`A value of the type ${kind}`, 80);
  const keys = Object.keys(value);
  return sanitize(keys.length === 0 ? "An empty object" : `An object with ${keys.join(", ")}`, 80);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
