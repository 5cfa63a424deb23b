import { onlyEntry } from "../../../core/aws/onlyEntry";

const context = { packName: "baseline", region: "us-east-1" };
const entryIn = (entries: unknown) => onlyEntry(entries, { none: "there is none", twice: "there are two" }, context);
const entry = (others: object = {}) => ({ OrganizationConformancePackName: "baseline", ...others });

test("is the one with the pack's name", () => {
  expect(entryIn([null, entry({ it: "is" }), { OrganizationConformancePackName: "other" }])).toEqual(
    entry({ it: "is" }),
  );
});

test.each([undefined, null, {}, "baseline", [], [null], [{}], [{ OrganizationConformancePackName: "other" }]])(
  "%j has none",
  (entries) => {
    expect(() => entryIn(entries)).toThrow("there is none");
  },
);

test("two are one too many", () => {
  expect(() => entryIn([entry(), entry()])).toThrow("there are two");
});
