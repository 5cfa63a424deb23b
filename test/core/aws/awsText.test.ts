import fc from "fast-check";
import { awsStatus, awsText, awsTime } from "../../../core/aws/awsText";
import { organizationResourceDetailedStatuses, outcomeOf } from "../../../core/status/detailedStatus";
import { containsUnknown } from "../../../provider/unknown";
import { harm, hostileTexts } from "../text/hostileText";

/** What the Pulumi engine sends for values that are not known until the update, one for each type. */
const unknowns = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

test.each(unknowns)("%s from AWS is no value that Pulumi does not know yet", (text) => {
  expect(awsText(text)).toBe(`"${text}"`);
  expect(awsStatus(text)).toBe(`"${text}"`);
  expect(containsUnknown([awsText(text), awsStatus(text)])).toBe(false);
});

test.each(unknowns)("%s in disguise is none either", (text) => {
  for (const disguise of [
    ` ${text}`,
    `${text}\n`,
    `${text.slice(0, 9)}\u00ad${text.slice(9)}`,
    `\u001b[31m${text}\u001b[0m`,
  ]) {
    expect(containsUnknown([awsText(disguise), awsStatus(disguise)])).toBe(false);
    expect(awsText(disguise)).toBe(`"${text}"`);
  }
});

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

test("whatever a text is, it is harmless", () => {
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
