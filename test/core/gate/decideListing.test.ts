import { decide } from "../../../core/gate/decide";
import { decideListing, listingError, toleranceOfEach } from "../../../core/gate/decideListing";
import type { ListingProblem } from "../../../core/status/packListing";
import { silent } from "../../builders/exceptions";
import { row } from "../../builders/members";
import { statusOf, withoutAnswer } from "../../builders/packStatus";

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
      expect.stringMatching(/^Which packs there are in eu-west-1 is .* It passes until \S+Z, by unanswered: Ann decid/),
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

describe("break glass for all packs", () => {
  const well = statusOf([row()]);
  const refusing = statusOf([row()], { regions: withoutAnswer("regionUnanswered") });
  const dead = statusOf([row()], { regions: withoutAnswer("regionUnanswered", true) });
  const warningOf = (of: typeof well, others: readonly (typeof well)[], problems: readonly ListingProblem[] = []) => {
    const tolerance = toleranceOfEach({ ...silent(4), inProgress: "allow" }, [of, ...others], problems)(of);
    expect(tolerance).toMatchObject({ inProgress: "allow" });
    return decide(of, tolerance).warnings.join();
  };

  test("is to be removed when it matches no pack, and no region that lists packs", () => {
    expect(warningOf(well, [well, refusing])).toContain("The exception unanswered matches nothing");
    expect(warningOf(well, [], [unlisted("eu-west-1", false)])).toContain("The exception unanswered matches nothing");
  });

  test("is not to be removed by a pack that does not need it while another one, or the list, does", () => {
    expect(warningOf(well, [dead])).toBe("");
    expect(warningOf(well, [well], [unlisted("eu-west-1")])).toBe("");
  });

  test("applies to the pack that needs it, and says why it does not to one that refuses", () => {
    expect(warningOf(dead, [well])).toContain("It passes until");
    const tolerance = toleranceOfEach(silent(4), [dead, refusing], [])(refusing);
    expect(decide(refusing, tolerance).reasons[0]?.message).toContain("unanswered does not cover it");
  });

  test("leaves other exceptions as they are", () => {
    const tolerate = { inProgress: "allow" } as const;
    expect(toleranceOfEach(tolerate, [dead, well], [])(well)).toBe(tolerate);
    expect(toleranceOfEach(undefined, [well], [])(well)).toBeUndefined();
  });
});
