import { decideListing, listingError, listingTolerance } from "../../../core/gate/decideListing";
import type { ListingProblem } from "../../../core/status/packListing";
import { silent } from "../../builders/exceptions";

const unlisted = (region: string, isOutage = true): ListingProblem => ({
  code: "regionUnlisted",
  region,
  ...(isOutage && { isOutage }),
  message: `Which packs there are in ${region} is not known.`,
  nextStep: "Wait.",
});
const appeared: ListingProblem = {
  code: "packAppeared",
  region: "us-east-1",
  message: "Pack late appeared.",
  nextStep: "Run the command again.",
};

const problem = (code: ListingProblem["code"]): ListingProblem => ({
  code,
  region: "us-east-1",
  message: `It is ${code}.`,
  nextStep: "Look.",
});

test.each<[code: ListingProblem["code"], passes: boolean]>([
  ["regionWithoutPacks", true],
  ["packVanished", true],
  ["packAppeared", false],
  ["regionUnlisted", false],
])("noSuchPack lets %s pass: %p", (code, passes) => {
  for (const [handling, by] of [
    ["allow", "Allowed by tolerate.noSuchPack."],
    ["warn", "It passes with a warning because of tolerate.noSuchPack."],
  ] as const) {
    expect(decideListing([problem(code)], { noSuchPack: handling })).toEqual(
      passes ? { problems: [], notices: [`It is ${code}. ${by}`] } : { problems: [problem(code)], notices: [] },
    );
  }
  for (const tolerate of [{ noSuchPack: "refuse" } as const, {}, undefined]) {
    expect(decideListing([problem(code)], tolerate)).toEqual({ problems: [problem(code)], notices: [] });
  }
});

test.each<[what: string, given: ListingProblem, hours: number, passes: boolean]>([
  ["a region that gives no answer", unlisted("eu-west-1"), 4, true],
  ["it, once it has expired", unlisted("eu-west-1"), -1, false],
  ["a region that refuses", unlisted("eu-west-1", false), 4, false],
  ["a region without packs", { ...problem("regionWithoutPacks"), isOutage: true }, 4, false],
])("unanswered decides on %s", (_what, given, hours, passes) => {
  const { notices, problems, unlisted: status } = decideListing([given], silent(hours));
  expect({ notices, problems }).toEqual({ notices: [], problems: passes ? [] : [given] });
  expect(status?.regions).toEqual(passes ? ["eu-west-1"] : undefined);
  expect(status?.verdict).toEqual(passes ? "INCOMPLETE" : undefined);
});

test("exceptions for accounts are not about a list", () => {
  const { unanswered } = silent(4);
  const all = { maxFailedAccounts: 1, noSuchPack: "warn", unanswered } as const;
  expect(listingTolerance(all)).toStrictEqual({ noSuchPack: "warn", unanswered });
  expect(listingTolerance({ maxFailedAccounts: 1 })).toStrictEqual({});
  expect(listingTolerance()).toStrictEqual({});
});

describe("the error of a list", () => {
  const messageOf = (problems: readonly ListingProblem[], hours: number) =>
    listingError(decideListing(problems, silent(hours)), silent(hours))?.message.split("\n");

  test("says the regions that break glass lets pass, after what keeps the gate closed", () => {
    expect(messageOf([unlisted("eu-west-1"), appeared, unlisted("us-west-2", false)], 4)).toEqual([
      "Pack late appeared.",
      "Which packs there are in us-west-2 is not known. Wait.",
      expect.stringMatching(
        /^Which packs there are in eu-west-1 is .* It passes until \S+Z because of tolerate.unanswered: Ann decid/,
      ),
      "Next: Run the command again.",
    ]);
  });

  test("says none that pass when break glass has expired", () => {
    expect(messageOf([appeared, unlisted("eu-west-1")], -1)?.join()).not.toContain("It passes");
  });

  test("is none when all that is left passes", () => {
    expect(messageOf([unlisted("eu-west-1")], 4)).toBeUndefined();
  });
});
