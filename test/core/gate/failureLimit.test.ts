import { decide } from "../../../core/gate/decideChecked";
import type { Tolerance } from "../../../core/gate/tolerance";
import { excepting } from "../../builders/exceptions";
import { account, all, failing, rows } from "../../builders/members";
import { inRegions, type Others, statusOf } from "../../builders/packStatus";
import { type Case, expectDecision } from "./cases";

const two: Others = { regions: inRegions("us-east-1", "eu-west-1") };

/** The accounts 1, 2, … with these statuses, first in us-east-1 and then in eu-west-1. */
const inTwo = (first: readonly string[], second: readonly string[]) => [
  ...rows(...first),
  ...all(rows(...second), { region: "eu-west-1" }),
];

const limits: readonly Case[] = [
  ...(
    [
      [2, { maxFailedAccounts: 2 }, true, "2 of 10 accounts failed: within maxFailedAccounts 2."],
      [3, { maxFailedAccounts: 2 }, false],
      [1, { maxFailedAccounts: 0 }, false],
      [2, { maxFailedPercent: 20 }, true, "2 of 10 accounts failed: within maxFailedPercent 20."],
      [2, { maxFailedPercent: 19.99 }, false],
      [1, { maxFailedPercent: 0 }, false],
      [10, { maxFailedPercent: 100 }, true, "10 of 10 accounts failed: within maxFailedPercent 100."],
      [
        2,
        { maxFailedAccounts: 2, maxFailedPercent: 20 },
        true,
        "2 of 10 accounts failed: within maxFailedAccounts 2 and maxFailedPercent 20.",
      ],
      [2, { maxFailedAccounts: 1, maxFailedPercent: 100 }, false],
      [2, { maxFailedAccounts: 10, maxFailedPercent: 10 }, false],
    ] as [number, Tolerance, boolean, string?][]
  ).map(([count, tolerate, passes, said]) => ({
    what: `${String(count)} of ten failed, ${JSON.stringify(tolerate)}`,
    status: statusOf(failing(count, 10)),
    tolerate,
    verdict: passes ? ("PASSED" as const) : ("FAILED" as const),
    codes: passes ? [] : (["membersFailed"] as const),
    tolerated: said === undefined ? [] : [said],
  })),
  ...(
    [
      [7, 100, 7],
      [14, 100, 14],
      [29, 1_000, 2.9],
      [57, 1_000, 5.7],
      [1, 3, 100 / 3],
    ] as const
  ).flatMap(([count, total, percent]) => {
    const ofTotal = (failures: number) => statusOf(failing(failures, total));
    const tolerate = { maxFailedPercent: percent };
    const of = `of ${String(total)} failed, where ${String(percent)} percent may`;
    const within = [`${String(count)} of ${String(total)} accounts failed: within`];
    return [
      { what: `${String(count)} ${of}`, status: ofTotal(count), tolerate, verdict: "PASSED", tolerated: within },
      {
        what: `one more than ${of}`,
        status: ofTotal(count + 1),
        tolerate,
        verdict: "FAILED",
        codes: ["membersFailed"],
      },
    ] as const satisfies Case[];
  }),
  {
    what: "no failure with limits",
    status: statusOf(failing(0, 10)),
    tolerate: { maxFailedAccounts: 0, maxFailedPercent: 0 },
    verdict: "PASSED",
  },
  {
    what: "accounts that failed in both regions, counted once",
    status: statusOf(inTwo(["CREATE_FAILED", "CREATE_FAILED"], ["CREATE_FAILED", "CREATE_FAILED"]), two),
    tolerate: { maxFailedAccounts: 2 },
    verdict: "PASSED",
    tolerated: ["2 of 2 accounts failed"],
  },
  {
    what: "an account that failed in one region of two, counted as one of two",
    status: statusOf(inTwo(["CREATE_FAILED", "CREATE_SUCCESSFUL"], ["CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"]), two),
    tolerate: { maxFailedPercent: 49 },
    verdict: "FAILED",
    codes: ["membersFailed"],
  },
  {
    what: "excepted accounts, counted as accounts and not as failed",
    status: statusOf(failing(3, 10)),
    tolerate: { ...excepting(1), maxFailedAccounts: 2, maxFailedPercent: 20 },
    verdict: "PASSED",
    tolerated: [account(1), "2 of 10 accounts failed"],
  },
  {
    what: "a failure among former members, which are not members",
    status: statusOf(rows("CREATE_FAILED", "CREATE_SUCCESSFUL", "DELETE_SUCCESSFUL")),
    tolerate: { maxFailedPercent: 49 },
    verdict: "FAILED",
    codes: ["membersFailed"],
  },
  {
    what: "unfinished and missing accounts within a limit of failures",
    status: statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS"), { expected: [1, 2, 9].map(account) }),
    tolerate: { maxFailedAccounts: 10 },
    verdict: "IN_PROGRESS",
    codes: ["membersInProgress", "accountsMissing"],
    tolerated: ["1 of 2 accounts failed"],
  },
  {
    what: "failures within a limit, under a success",
    status: statusOf(failing(1, 10), { aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: { maxFailedAccounts: 1 },
    verdict: "PASSED",
    codes: ["aggregateDisagrees"],
    tolerated: ["1 of 10 accounts failed"],
  },
  {
    what: "failures over a limit, under a success",
    status: statusOf(failing(2, 10), { aggregate: "CREATE_SUCCESSFUL" }),
    tolerate: { maxFailedAccounts: 1 },
    verdict: "FAILED",
    codes: ["membersFailed", "aggregateDisagrees"],
  },
];

test.each(limits)("the decision is $verdict for $what", expectDecision);

test.each<[what: string, members: Parameters<typeof statusOf>[0], tolerate: Tolerance, message: string]>([
  [
    "maxFailedAccounts",
    failing(3, 10),
    { maxFailedAccounts: 2 },
    "3 of 10 accounts failed. maxFailedAccounts allows 2.",
  ],
  [
    "maxFailedPercent",
    failing(3, 10),
    { maxFailedPercent: 29.9 },
    "3 of 10 accounts failed. maxFailedPercent 29.9 allows 2 of 10.",
  ],
  [
    "only the limit that is exceeded",
    failing(3, 10),
    { maxFailedAccounts: 3, maxFailedPercent: 20 },
    "3 of 10 accounts failed. maxFailedPercent 20 allows 2 of 10.",
  ],
  [
    "both limits",
    failing(1, 10),
    { maxFailedAccounts: 0, maxFailedPercent: 0 },
    "1 of 10 accounts failed. maxFailedAccounts allows 0, and maxFailedPercent 0 allows 0 of 10.",
  ],
  [
    "the accounts that are excepted",
    failing(3, 10),
    { ...excepting(1), maxFailedAccounts: 1 },
    "3 of 10 accounts failed. 1 of them is excepted. maxFailedAccounts allows 1.",
  ],
  [
    "the regions of accounts that count once",
    inTwo(["CREATE_FAILED", "CREATE_FAILED"], ["CREATE_FAILED", "CREATE_FAILED"]),
    { maxFailedAccounts: 1 },
    "2 of 2 accounts failed, in 2 of 2 regions. maxFailedAccounts allows 1.",
  ],
])("the reason names %s", (_what, members, tolerate, message) => {
  const { reasons } = decide(statusOf(members, members.length === 4 ? two : {}), tolerate);
  expect(reasons).toMatchObject([{ code: "membersFailed", message }]);
});

describe("where successful rows were left out", () => {
  const partial = statusOf(failing(1), {
    regions: [{ region: "us-east-1", hasSuccessful: true, aggregate: { status: "CREATE_FAILED" } }],
    successfulOmitted: true,
  });

  test("a share has no effect, and a warning says why", () => {
    for (const tolerate of [{ maxFailedPercent: 100 }, { maxFailedPercent: 100, maxFailedAccounts: 9 }]) {
      const { reasons, verdict, warnings } = decide(partial, tolerate);
      expect(verdict).toBe("FAILED");
      expect(warnings).toEqual([
        'maxFailedPercent can\'t be checked with detail "unsuccessful", so no failure is accepted. Use detail "all", or remove maxFailedPercent.',
      ]);
      expect(reasons[0]?.message).toBe(
        '1 account failed. maxFailedPercent can\'t be checked with detail "unsuccessful", so no failure is accepted.',
      );
    }
  });

  test("a number of accounts has an effect", () => {
    expect(decide(partial, { maxFailedAccounts: 1 })).toMatchObject({ verdict: "PASSED", warnings: [] });
  });
});
