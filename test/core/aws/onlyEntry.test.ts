import { onlyEntry } from "../../../core/aws/onlyEntry";
import { failureErrorOf } from "./emulate";

const context = { packName: "baseline", region: "us-east-1" };
const entryIn = (entries: unknown) => onlyEntry(entries, { none: "there is none", twice: "there are two" }, context);
const errorIn = (entries: unknown) => failureErrorOf(Promise.resolve(entries).then(entryIn));
const entry = (others: object = {}) => ({ OrganizationConformancePackName: "baseline", ...others });

test("the only entry is the one with the pack's name", () => {
  expect(entryIn([null, entry({ it: "is" }), { OrganizationConformancePackName: "other" }])).toEqual(
    entry({ it: "is" }),
  );
});

test.each([undefined, null, {}, "baseline", [], [null], [{}], [{ OrganizationConformancePackName: "other" }]])(
  "%j has none",
  async (entries) => {
    const error = await errorIn(entries);
    expect(error.name).toBe("BadResponseError");
    expect(error.message).toContain("there is none");
  },
);

test("two entries of the pack are a bad answer", async () => {
  expect((await errorIn([entry(), entry()])).message).toContain("there are two");
});
