import fc from "fast-check";
import { expectListed } from "../../../core/status/expectation";
import { organizationResourceDetailedStatuses, outcomeOf } from "../../../core/status/detailedStatus";
import type { Evidence } from "../../../core/status/evidence";
import { judge } from "../../../core/status/judge";
import type { Judgement } from "../../../core/status/judgement";
import { reason, type ReasonCode } from "../../../core/status/reasons";
import type { Verdict } from "../../../core/status/verdict";
import { account, row, rows } from "../../builders/members";
import { expecting, inRegions, withoutAnswer } from "../../builders/packStatus";

const regions = inRegions("us-east-1");

function codesOf({ reasons }: Judgement): ReasonCode[] {
  return reasons.map(({ code }) => code);
}

test.each([
  ["FAILED", ["CREATE_FAILED"]],
  ["FAILED", ["UPDATE_FAILED"]],
  ["FAILED", ["DELETE_FAILED"]],
  ["IN_PROGRESS", ["CREATE_IN_PROGRESS"]],
  ["IN_PROGRESS", ["UPDATE_IN_PROGRESS"]],
  ["IN_PROGRESS", ["DELETE_IN_PROGRESS"]],
  ["PASSED", ["CREATE_SUCCESSFUL"]],
  ["PASSED", ["UPDATE_SUCCESSFUL"]],
  ["PASSED", ["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL", "DELETE_SUCCESSFUL"]],
  ["INCOMPLETE", ["DELETE_SUCCESSFUL"]],
  ["INCOMPLETE", ["DELETE_SUCCESSFUL", "DELETE_SUCCESSFUL"]],
  ["INCOMPLETE", []],
  ["INCOMPLETE", ["CREATE_PAUSED"]],
  ["INCOMPLETE", ["CREATE_SUCCESSFUL", "CREATE_PAUSED"]],
  ["INCOMPLETE", ["create_successful"]],
  ["INCOMPLETE", ["CREATE_SUCCESSFUL "]],
  ["INCOMPLETE", ["constructor"]],
  ["INCOMPLETE", ["__proto__"]],
  ["INCOMPLETE", ["toString"]],
  ["IN_PROGRESS", ["CREATE_PAUSED", "CREATE_IN_PROGRESS"]],
  ["FAILED", ["CREATE_PAUSED", "CREATE_FAILED"]],
  ["FAILED", ["CREATE_IN_PROGRESS", "UPDATE_FAILED", "CREATE_SUCCESSFUL"]],
  ["FAILED", ["DELETE_SUCCESSFUL", "DELETE_IN_PROGRESS", "DELETE_FAILED", "CREATE_PAUSED"]],
])("the verdict is %s for rows that are %j", (verdict, statuses) => {
  const judgement = judge({ regions, members: rows(...statuses) });
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.reasons[0]?.verdict).toBe(verdict === "PASSED" ? undefined : verdict);
});

type Case = [verdict: Verdict, what: string, evidence: Evidence, codes: ReasonCode[]];

const oneAndTwo: Evidence = {
  regions: inRegions("eu-west-1", "us-east-1").map((region) => ({
    ...region,
    expectation: expectListed([account(1), account(2)]),
  })),
  members: [row(), row({ region: "eu-west-1" }), row({ accountId: account(2) })],
};

test.each<Case>([
  ["PASSED", "all that are expected", { regions: expecting(1), members: rows("CREATE_SUCCESSFUL") }, []],
  [
    "INCOMPLETE",
    "an expected account without a row",
    { regions: expecting(1, 2), members: rows("CREATE_SUCCESSFUL") },
    ["accountsMissing"],
  ],
  [
    "INCOMPLETE",
    "an expected account that is deleted",
    { regions: expecting(1, 2), members: rows("CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL") },
    ["accountsMissing"],
  ],
  ["INCOMPLETE", "an expected account with a row in one region of two", oneAndTwo, ["accountsMissing"]],
  [
    "FAILED",
    "a failure beside a missing account",
    { regions: expecting(1, 2), members: rows("CREATE_FAILED") },
    ["membersFailed", "accountsMissing"],
  ],
  [
    "INCOMPLETE",
    "a region without a row",
    { regions: inRegions("us-east-1", "eu-west-1"), members: rows("CREATE_SUCCESSFUL") },
    ["noMembers"],
  ],
  [
    "INCOMPLETE",
    "a region with former members only",
    {
      regions: inRegions("us-east-1", "eu-west-1"),
      members: [row(), row({ region: "eu-west-1", status: "DELETE_SUCCESSFUL" })],
    },
    ["noMembers"],
  ],
  ["INCOMPLETE", "no region", { regions: [], members: [] }, ["regionUnanswered"]],
  [
    "INCOMPLETE",
    "rows filtered by a status",
    { regions: inRegions("us-east-1"), members: rows("CREATE_SUCCESSFUL"), onlyStatuses: ["CREATE_SUCCESSFUL"] },
    ["statusesFiltered"],
  ],
  [
    "INCOMPLETE",
    "a filter that finds nothing",
    { regions: inRegions("us-east-1"), members: [], onlyStatuses: ["CREATE_FAILED"] },
    ["statusesFiltered"],
  ],
  [
    "FAILED",
    "a filter that finds a failure",
    { regions: inRegions("us-east-1"), members: rows("CREATE_FAILED"), onlyStatuses: ["CREATE_FAILED"] },
    ["membersFailed", "statusesFiltered"],
  ],
  [
    "INCOMPLETE",
    "a region that does not answer",
    { regions: withoutAnswer("regionUnanswered"), members: rows("CREATE_SUCCESSFUL") },
    ["regionUnanswered"],
  ],
  [
    "INCOMPLETE",
    "a region without the pack",
    { regions: withoutAnswer("noSuchPack"), members: rows("CREATE_SUCCESSFUL") },
    ["noSuchPack"],
  ],
  [
    "IN_PROGRESS",
    "a silent region and an unfinished row",
    { regions: withoutAnswer("regionUnanswered"), members: rows("CREATE_IN_PROGRESS") },
    ["membersInProgress", "regionUnanswered"],
  ],
  [
    "PASSED",
    "rows that changed while they were read",
    {
      regions: inRegions("us-east-1"),
      members: rows("CREATE_SUCCESSFUL"),
      remarks: [reason("rowsChanged", { message: "A row changed." })],
    },
    ["rowsChanged"],
  ],
  [
    "PASSED",
    "rows of one account with different pack names",
    {
      regions: inRegions("us-east-1"),
      members: rows("CREATE_SUCCESSFUL"),
      remarks: [reason("packNamesDiffer", { message: "Names differ." })],
    },
    ["packNamesDiffer"],
  ],
  [
    "PASSED",
    "some accounts only",
    { regions: inRegions("us-east-1"), members: rows("CREATE_SUCCESSFUL"), onlyAccounts: [account(1)] },
    ["accountsFiltered"],
  ],
  [
    "PASSED",
    "an account that is not expected",
    { regions: expecting(1), members: rows("CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL") },
    ["accountsUnexpected"],
  ],
  [
    "INCOMPLETE",
    "all statuses, when rows were filtered by them",
    {
      regions: expecting(9),
      members: rows("CREATE_SUCCESSFUL"),
      onlyStatuses: organizationResourceDetailedStatuses,
    },
    ["statusesFiltered", "accountsUnexpected"],
  ],
])("the verdict is %s for %s", (verdict, _what, evidence, codes) => {
  const judgement = judge(evidence);
  expect(judgement.verdict).toBe(verdict);
  expect(codesOf(judgement)).toEqual(codes);
});

test("the reasons for the winning verdict come first, then the others, then remarks", () => {
  const aggregate = { status: "CREATE_FAILED" };
  const judgement = judge({
    regions: [{ region: "us-east-1", aggregate, expectation: expectListed([account(2)]) }],
    members: rows("CREATE_IN_PROGRESS"),
    remarks: [reason("rowsChanged", { message: "A row changed." })],
  });
  expect(codesOf(judgement)).toEqual([
    "aggregateFailed",
    "membersInProgress",
    "accountsMissing",
    "accountsUnexpected",
    "rowsChanged",
  ]);
});

test("failed rows and rows in progress are listed", () => {
  const members = rows("CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_PAUSED", "UPDATE_FAILED", "CREATE_SUCCESSFUL");
  const judgement = judge({ regions, members });
  expect(judgement.failed).toEqual([members[1], members[3]]);
  expect(judgement.inProgress).toEqual([members[0]]);
});

test("a region that fails is not judged as empty, and hides nothing of the others", () => {
  const failure = { code: "regionUnanswered", message: "eu-west-1 did not answer.", nextStep: "Ask again." } as const;
  const judgement = judge({
    regions: [
      { region: "us-east-1", aggregate: { status: "CREATE_FAILED" }, expectation: expectListed([account(1)]) },
      { region: "eu-west-1", expectation: expectListed([account(1)]), failure },
      { region: "eu-west-2", failure: { code: "noSuchPack", message: "None in eu-west-2.", nextStep: "Put it." } },
    ],
    members: rows("CREATE_FAILED"),
  });
  expect(judgement).toMatchObject({ verdict: "FAILED", missing: [], unexpected: [] });
  expect(judgement.reasons).toEqual([
    expect.objectContaining({ code: "membersFailed" }),
    { verdict: "INCOMPLETE", code: "regionUnanswered", region: "eu-west-1", message: failure.message },
    { verdict: "INCOMPLETE", code: "noSuchPack", region: "eu-west-2", message: "None in eu-west-2." },
  ]);
  const none = { total: 0, successful: 0, failed: 0, inProgress: 0, deleted: 0, unrecognized: 0 };
  expect(judgement.regionStatuses).toEqual([
    { region: "us-east-1", counts: { ...none, total: 1, failed: 1 }, aggregate: { status: "CREATE_FAILED" } },
    { region: "eu-west-1", counts: none, error: failure.message, nextStep: "Ask again." },
    { region: "eu-west-2", counts: none, error: "None in eu-west-2.", nextStep: "Put it." },
  ]);
});

describe("whatever the rows and the aggregates are", () => {
  const names = ["us-east-1", "eu-west-1", "ap-south-1"] as const;
  const someTime = fc.constantFrom("2026-01-01T11:59:59.999Z", "2026-01-01T12:00:00.000Z", "2026-01-01T12:00:00.001Z");
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
  // Mostly healthy: otherwise nothing would pass, and the property would prove nothing.
  const word = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL") },
    { weight: 1, arbitrary: fc.constantFrom(...organizationResourceDetailedStatuses, "CREATE_PAUSED", "") },
  );
  const evidence = fc
    .record({
      names: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
      aggregates: fc.array(maybe(fc.record({ status: word, lastUpdateTime: someTime })), {
        minLength: 3,
        maxLength: 3,
      }),
      rows: fc.uniqueArray(
        fc.record({
          accountId: fc.integer({ min: 1, max: 6 }).map(account),
          region: fc.constantFrom(...names),
          status: word,
          lastUpdateTime: someTime,
        }),
        { selector: ({ accountId, region }) => `${accountId} ${region}`, minLength: 3, maxLength: 14 },
      ),
      expected: maybe(fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map(account), { maxLength: 2 })),
    })
    .map(({ aggregates, expected, names: regionNames, rows: some }): Evidence => ({
      regions: regionNames.map((region, index) => {
        const aggregate = aggregates[index];
        return {
          region,
          ...(aggregate && { aggregate }),
          ...(expected && { expectation: expectListed(expected) }),
        };
      }),
      members: some.filter(({ region }) => regionNames.includes(region)).map((fields) => row(fields)),
    }));

  test("only complete and healthy packs pass", () => {
    let passed = 0;
    fc.assert(
      fc.property(evidence, (given) => {
        const { reasons, verdict } = judge(given);
        if (verdict !== "PASSED") {
          expect(reasons[0]?.verdict).toBe(verdict);
          return;
        }
        passed += 1;
        for (const { status } of given.members) expect(["successful", "deleted"]).toContain(outcomeOf(status));
        for (const { aggregate, expectation, region } of given.regions) {
          const current = given.members.filter((one) => one.region === region && /^(CREATE|UPDATE)_S/.test(one.status));
          expect(current).not.toEqual([]);
          if (aggregate) expect(aggregate.status).toMatch(/^(CREATE|UPDATE)_SUCCESSFUL$/);
          const ids = new Set(current.map(({ accountId }) => accountId));
          expect([...(expectation?.required ?? [])].filter((id) => !ids.has(id))).toEqual([]);
        }
      }),
      { numRuns: 3_000 },
    );
    // Otherwise the property would hold for a judge that passes nothing.
    expect(passed).toBeGreaterThan(20);
  });

  test("the order of rows and regions makes no difference", () => {
    const turned = (judgement: Judgement) => ({
      verdict: judgement.verdict,
      counts: judgement.counts,
      missing: judgement.missing,
      regionStatuses: judgement.regionStatuses.toSorted((a, b) => (a.region < b.region ? -1 : 1)),
      reasons: judgement.reasons.map((reason) => JSON.stringify(reason)).sort(),
    });
    fc.assert(
      fc.property(
        evidence.chain((given) =>
          fc.record({
            given: fc.constant(given),
            regions: fc.shuffledSubarray([...given.regions], { minLength: given.regions.length }),
            members: fc.shuffledSubarray([...given.members], { minLength: given.members.length }),
          }),
        ),
        ({ given, ...shuffled }) => {
          expect(turned(judge({ ...given, ...shuffled }))).toEqual(turned(judge(given)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
