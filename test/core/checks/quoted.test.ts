import { quoted } from "../../../core/checks/quoted";
import { harm } from "../text/hostileText";

test.each<[value: unknown, expected: string]>([
  ["a b", '"a b"'],
  ["base\u200bline", String.raw`"base\u{200b}line"`],
  ["base\u00a0line", String.raw`"base\u{a0}line"`],
  [{ name: "a", secret: "b" }, "An object with name, secret"],
  [{}, "An empty object"],
  [[], "A list of 0 entries"],
  [["a"], "A list of 1 entry"],
  [Promise.resolve("a"), "A Promise"],
  [() => "a", "A function"],
  [new Map([["a", "b"]]), "A value of the type Map"],
  [new TypeError("why"), "A value of the type Error"],
  [1n, "1n"],
])("quotes %p as %s", (value, expected) => {
  expect(quoted(value)).toBe(expected);
});

test.each([
  ["x".repeat(500)],
  [{ deep: { deeper: { deepest: {} } }, text: "\u001b[31m\n::error::x" }],
  [{ [Symbol.for("nodejs.util.inspect.custom")]: () => "::error::custom" }],
])("the quote of hostile text %# is short and sanitized", (value) => {
  expect(quoted(value).length).toBeLessThanOrEqual(110);
  expect(quoted(value)).not.toMatch(harm);
});
