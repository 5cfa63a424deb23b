import { stripVTControlCharacters } from "node:util";

/**
 * Makes text from elsewhere safe to print inside a line: no terminal escape, control,
 * bidirectional or invisible character, no line break, no workflow command of a CI system, no colour
 * directive of the Pulumi CLI, and at most `maxLength` characters.
 *
 * @param text - Text from AWS or from a user.
 * @param maxLength - The length at which it is cut. A cut text says so.
 */
export function sanitize(text: string, maxLength = 600): string {
  // Most names and codes are a plain word: a shortcut that counts in 10,000 rows.
  if (text.length <= maxLength && /^[\w-]*$/.test(text)) return text;
  const line = stripVTControlCharacters(text)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\p{Cf}+/gu, "")
    // Azure and GitHub read "##vso[" and "##[" anywhere in a line, TeamCity "##teamcity[" at its start.
    .replace(/##(?=\w*\[)/g, "# #")
    // GitHub's "::error file=x::" and "::stop-commands::"; an ARN's "::" is left as it is. One letter is enough to look
    // at: with more, a long word would be scanned once a letter.
    .replace(/::(?=[a-z-][^:]*::)/gi, ": :")
    .replace(/^\s*::/, ": :")
    // The Pulumi CLI's own colour directives, such as "<{%fg 1%}>".
    .replace(/<\{%/g, "< {%")
    .trim();
  if (line.length <= maxLength) return line;
  const kept = line.slice(0, maxLength).toWellFormed();
  return `${kept}… (${String(line.length - maxLength)} more characters)`;
}
