import fc from "fast-check";
import { awsStatus, awsText, awsTime } from "../../../core/aws/awsText";
import { organizationResourceDetailedStatuses, outcomeOf } from "../../../core/status/detailedStatus";
import { harm, hostileTexts } from "../text/hostileText";

test.each([
  [new Date("2026-01-02T03:04:05.678Z"), "2026-01-02T03:04:05.678Z"],
  [new Date("+010000-01-01T00:00:00Z"), undefined],
  [new Date("-000001-01-01T00:00:00Z"), undefined],
  [new Date(NaN), undefined],
  ["2026-01-02T03:04:05.678Z", undefined],
  [undefined, undefined],
])("the time %p is %p", (time, expected) => {
  expect(awsTime(time)).toBe(expected);
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["\u200b", undefined],
  ["Team 1", "Team 1"],
  ["why\n\u001b[31mred\u001b[0m", "why red"],
])("%j becomes %j", (text, expected) => {
  expect(awsText(text)).toBe(expected);
});

test("a text is not cut", () => {
  expect(awsText("x ".repeat(500_000))).toHaveLength(999_999);
});

test("any text is sanitized", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary" }))), (texts) => {
      const text = texts.join("");
      expect(awsText(text) ?? "").not.toMatch(harm);
      expect(awsStatus(text)).not.toMatch(harm);
    }),
  );
});

test.each(organizationResourceDetailedStatuses)(
  "%s stays, and nothing that only looks like it becomes it",
  (status) => {
    expect(awsStatus(status)).toBe(status);
    for (const disguise of [` ${status}`, `${status} `, `${status}\n`, `${status}\u200b`, `\u001b[0m${status}`]) {
      expect(outcomeOf(awsStatus(disguise))).toBe("unrecognized");
    }
  },
);
