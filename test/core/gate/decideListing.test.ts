import { decideListing, listingError } from "../../../core/gate/decideListing";
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
