import { sanitize } from "./sanitize";

/** A name or a code in a list: quoted where it could be mistaken for the list's own punctuation. */
export function listItem(text: string, maxLength: number): string {
  const line = sanitize(text, maxLength);
  return /[(),:"]/.test(line) ? JSON.stringify(line) : line;
}
