import { OrgConformanceError, ThrottledError } from "../../../core/errors";
import { decide } from "../../../core/gate/decide";
import type { Tolerance } from "../../../core/gate/tolerance";
import { toleranceOfEach } from "../../../core/gate/toleranceOfEach";
import type { ListingProblem } from "../../../core/status/packListing";
import type { PackStatus } from "../../../core/status/packStatus";
import { except, excepting, silent } from "../../builders/exceptions";
import { account, failing, row } from "../../builders/members";
import { statusOf, withoutAnswer } from "../../builders/packStatus";

const well = statusOf([row()]);
const refusing = statusOf([row()], { regions: withoutAnswer("regionUnanswered") });
const dead = statusOf([row()], { regions: withoutAnswer("regionUnanswered", true) });
const firstFailed = statusOf(failing(1));
const unlisted: ListingProblem = {
  code: "regionUnlisted",
  region: "eu-west-1",
  isOutage: true,
  message: "Which packs there are in eu-west-1 is not known.",
  nextStep: "Wait.",
};
const noAnswer = new ThrottledError({ packName: "other", region: "us-east-1" });

/** What is said of exceptions that match nothing: once, and by each pack. */
function unneeded(
  tolerate: Tolerance,
  outcomes: readonly (PackStatus | OrgConformanceError)[],
  problems: readonly ListingProblem[] = [],
) {
  const { of, unused } = toleranceOfEach(tolerate, outcomes, problems);
  const statuses = outcomes.flatMap((outcome) => (outcome instanceof OrgConformanceError ? [] : [outcome]));
  const warnings = statuses.flatMap((status) => decide(status, of(status)).warnings);
  return { once: unused, byPacks: warnings.filter((warning) => !warning.includes("It passes until")) };
}

const firstIsUnneeded = `The exception for ${account(1)} matches nothing: no pack needs it. Remove it.`;
const glassIsUnneeded = "The exception unanswered matches nothing: no region is without an answer. Remove it.";

test.each<[what: string, ...given: Parameters<typeof unneeded>, once: readonly string[]]>([
  ["an account's that one pack needs", excepting(1), [firstFailed, well], [], []],
  ["an account's that no pack needs", excepting(1), [well, statusOf([row()])], [], [firstIsUnneeded]],
  ["an account's that no pack which was read needs", excepting(1), [well, noAnswer], [], []],
  ["an account's that has expired, and that a pack needs", expired(), [firstFailed, well], [], []],
  [
    "an account's that has expired, and that no pack needs",
    expired(),
    [well, well],
    [],
    [`${firstIsUnneeded} It expired on 2026-03-14.`],
  ],
  ["break glass that one pack needs", silent(4), [dead, well], [], []],
  ["break glass that the list needs", silent(4), [well], [unlisted], []],
  ["break glass that nothing needs", silent(4), [well, well], [], [glassIsUnneeded]],
  ["break glass that does not cover what refuses", silent(4), [well, refusing], [], []],
])("of an exception that matches nothing, it is said once: %s", (_what, tolerate, outcomes, problems, once) => {
  expect(unneeded(tolerate, outcomes, problems)).toEqual({ once, byPacks: [] });
});

function expired(): Tolerance {
  return { accounts: [except(1, { expires: "2026-03-14" })] };
}

test("each pack's exceptions decide as all of them do", () => {
  const tolerate: Tolerance = { ...excepting(1, 2), ...silent(4), maxFailedAccounts: 1, inProgress: "warn" };
  const statuses = [well, dead, refusing, firstFailed, statusOf(failing(2, 3)), statusOf(failing(4))];
  const now = new Date();
  const { of } = toleranceOfEach(tolerate, statuses, [], now);
  for (const status of statuses) {
    const { reasons, remaining, tolerated } = decide(status, of(status), now);
    expect(decide(status, tolerate, now)).toMatchObject({ reasons, remaining, tolerated });
  }
});

test("a region that refuses says that break glass does not cover it, although another needs it", () => {
  const { of } = toleranceOfEach(silent(4), [dead, refusing], []);
  expect(decide(dead, of(dead)).warnings.join()).toContain("It passes until");
  expect(decide(refusing, of(refusing)).reasons[0]?.message).toContain("unanswered does not cover it");
});

test("without exceptions there are none", () => {
  const { of, unused } = toleranceOfEach(undefined, [well], []);
  expect([of(well), unused]).toEqual([undefined, []]);
});
