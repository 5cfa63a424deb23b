import fc from "fast-check";
import { OrgConformanceError, ThrottledError } from "../../../core/errors";
import { decide } from "../../../core/gate/decide";
import { handlings, type Tolerance } from "../../../core/gate/tolerance";
import { toleranceOfEach } from "../../../core/gate/toleranceOfEach";
import { organizationResourceDetailedStatuses } from "../../../core/status/detailedStatus";
import type { ListingProblem } from "../../../core/status/packListing";
import type { PackStatus } from "../../../core/status/packStatus";
import { except, excepting, silent } from "../../builders/exceptions";
import { account, failing, row } from "../../builders/members";
import { inRegions, statusOf, withoutAnswer } from "../../builders/packStatus";

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

const units = [{ id: "ou-1", accountIds: [account(1)] }];
const ofUnit: Tolerance = { organizationalUnits: [{ id: "ou-1", reason: "Sandboxes." }] };
const firstIsUnneeded = `The exception for ${account(1)} matches nothing: no pack needs it. Remove it.`;
const glassIsUnneeded = "The exception tolerate.unanswered matches nothing: no region is without an answer. Remove it.";

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
  [
    "an account's in two exceptions",
    { accounts: [except(1), except(1, { reason: "Again." })] },
    [firstFailed, well],
    [],
    [`The exception for ${account(1)} matches nothing: another exception covers the account already. Remove it.`],
  ],
  ["a unit's that one pack needs", ofUnit, [{ ...firstFailed, organizationalUnits: units }, well], [], []],
  [
    "a unit's that no pack needs",
    ofUnit,
    [well, firstFailed],
    [],
    [
      "The exception for organizational unit ou-1 matches nothing: no pack needs it, or other exceptions cover the accounts in it. Remove it.",
    ],
  ],
  ["an account's, while a region is silent", { ...excepting(1), ...silent(4) }, [dead, well], [], []],
  ["an account's, while a region refuses", excepting(1), [refusing, well], [], []],
  ["an account's, while a region does not list its packs", excepting(1), [well], [unlisted], []],
  [
    "an account's, while a pack that appeared is not looked up",
    excepting(1),
    [well],
    [{ ...unlisted, code: "packAppeared", packName: "new" }],
    [],
  ],
  [
    "an account's, beside a region without packs",
    { ...excepting(1), noSuchPack: "allow" },
    [well],
    [{ ...unlisted, code: "regionWithoutPacks" }],
    [firstIsUnneeded],
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

const now = new Date("2026-03-15T12:00:00Z");
const reason = fc.constant("Legacy.");
const scope = {
  reason,
  regions: fc.constantFrom(["us-east-1"], ["eu-west-1"]),
  expires: fc.constantFrom("2026-03-14", "2026-03-15"),
};
const accountException = fc.record(
  { accountId: fc.integer({ min: 1, max: 5 }).map(account), ...scope },
  { requiredKeys: ["accountId", "reason"] },
);
const unitException = fc.record({ id: fc.constantFrom("r-1", "ou-1"), ...scope }, { requiredKeys: ["id", "reason"] });
const handling = fc.constantFrom(...handlings);
const tolerances: fc.Arbitrary<Tolerance> = fc.record(
  {
    accounts: fc.array(accountException, { maxLength: 4 }),
    organizationalUnits: fc.array(unitException, { maxLength: 2 }),
    maxFailedAccounts: fc.integer({ min: 0, max: 2 }),
    maxFailedPercent: fc.constantFrom(0, 20, 50, 100),
    inProgress: handling,
    noSuchPack: handling,
    unanswered: fc.record({ reason, expires: fc.constantFrom("2026-03-15T14:00Z", "2026-03-15T10:00Z") }),
  },
  { requiredKeys: [] },
);
const organizationalUnits = [
  { id: "r-1", accountIds: [account(1)] },
  { id: "ou-1", parentId: "r-1", accountIds: [account(2), account(3)] },
];
const statuses = fc
  .record({
    regions: fc.constantFrom(
      inRegions("us-east-1"),
      inRegions("us-east-1", "eu-west-1"),
      withoutAnswer("regionUnanswered", true),
      withoutAnswer("regionUnanswered"),
      withoutAnswer("noSuchPack"),
    ),
    rows: fc.array(
      fc.record(
        {
          number: fc.integer({ min: 1, max: 4 }),
          region: fc.constantFrom("us-east-1", "eu-west-1"),
          status: fc.constantFrom(...organizationResourceDetailedStatuses, "PAUSED"),
          lastUpdateTime: fc.constantFrom("2026-03-15T11:59:00.000Z", "2026-03-10T00:00:00.000Z"),
        },
        { requiredKeys: ["number", "region", "status"] },
      ),
    ),
    expected: fc.option(fc.constant([1, 2, 3, 5].map(account))),
    aggregate: fc.option(fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_IN_PROGRESS", "CREATE_FAILED")),
    hasUnits: fc.boolean(),
    successfulOmitted: fc.boolean(),
  })
  .map(({ aggregate, expected, hasUnits, regions, rows, successfulOmitted }): PackStatus => {
    const answering = regions.filter((region) => !("failure" in region)).map(({ region }) => region);
    const unique = new Map(rows.map((one) => [`${String(one.number)} ${one.region}`, one]));
    const members = [...unique.values()]
      .filter(({ region }) => answering.includes(region))
      .map(({ number, ...others }) => row({ accountId: account(number), ...others }));
    const others = { ...(expected && { expected }), ...(aggregate !== null && { aggregate }), successfulOmitted, now };
    return { ...statusOf(members, { regions, ...others }), ...(hasUnits && { organizationalUnits }) };
  });

test("each pack's exceptions decide as all of them do, and it asks to remove none", () => {
  const isOfUnneeded = (warning: string): boolean => /matches nothing|has no effect/.test(warning);
  fc.assert(
    fc.property(fc.array(statuses, { minLength: 1, maxLength: 3 }), tolerances, (all, tolerate) => {
      const { of } = toleranceOfEach(tolerate, all, [], now);
      for (const status of all) {
        const { warnings, ...decision } = decide(status, tolerate, now);
        const expected = { ...decision, warnings: warnings.filter((warning) => !isOfUnneeded(warning)) };
        expect(decide(status, of(status), now)).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test("a region that refuses says that break glass does not cover it, although another needs it", () => {
  const { of } = toleranceOfEach(silent(4), [dead, refusing], []);
  expect(decide(dead, of(dead)).warnings.join()).toContain("It passes until");
  expect(decide(refusing, of(refusing)).reasons[0]?.message).toContain("tolerate.unanswered does not apply");
});

test("without exceptions there are none", () => {
  const { of, unused } = toleranceOfEach(undefined, [well], []);
  expect([of(well), unused]).toEqual([undefined, []]);
});
