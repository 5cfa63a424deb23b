import fc from "fast-check";
import { sanitize } from "../../../core/text/sanitize";
import { harm, hostileTexts } from "./hostileText";

test.each(hostileTexts)("%j is sanitized", (text) => {
  expect(text).toMatch(harm);
  expect(sanitize(text)).not.toMatch(harm);
});

test.each([
  ["plain text", "plain text"],
  ["", ""],
  ["  \t trimmed \n", "trimmed"],
  ["two\r\n\r\nlines", "two lines"],
  ["\u001b[1mbold\u001b[0m", "bold"],
  ["arn:aws:iam::111111111111:role/deploy", "arn:aws:iam::111111111111:role/deploy"],
  ["::error::x", ": :error::x"],
  ["##vso[a]", "# #vso[a]"],
  ["## heading [1]", "## heading [1]"],
  ["<{%fg 1%}>", "< {%fg 1%}>"],
  ["größer, 統制, 🙂", "größer, 統制, 🙂"],
])("%j becomes %j", (text, printed) => {
  expect(sanitize(text)).toBe(printed);
});

test.each([
  ["a".repeat(600), undefined, "a".repeat(600)],
  ["a".repeat(601), undefined, `${"a".repeat(600)}… (1 more characters)`],
  ["abcdef", 4, "abcd… (2 more characters)"],
  ["abc🙂", 4, "abc\ufffd… (1 more characters)"],
])("%j is cut at %p", (text, maxLength, printed) => {
  expect(sanitize(text, maxLength)).toBe(printed);
});

test("any text becomes a safe line, which sanitizing again does not change", () => {
  const pieces = fc.oneof(
    fc.string({ unit: "binary", maxLength: 5 }),
    fc.constantFrom(...hostileTexts, "::", "#", "##", "[", "error", "vso", "\u001b", "[31m", "<", "{%", ":", " ", "\n"),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const line = sanitize(parts.join(""), 10_000);
      expect(line).not.toMatch(harm);
      expect(sanitize(line, 10_000)).toBe(line);
    }),
    { numRuns: 2_000 },
  );
});
