import { inProgress } from "../../policy/index";
import { rows, stateOf, violationsOf } from "./evaluate";

test("it is advisory", () => {
  expect(inProgress).toMatchObject({
    name: "organization-conformance-pack-in-progress",
    enforcementLevel: "advisory",
  });
});

test("it says who is in progress, and to wait", async () => {
  const props = stateOf([
    ...rows(2, { status: "CREATE_IN_PROGRESS" }),
    ...rows(1, { status: "DELETE_IN_PROGRESS" }, 3),
    ...rows(1, {}, 4),
  ]);
  expect(await violationsOf(inProgress, { props }, { maxAccountsShown: 1 })).toEqual([
    `Organization conformance pack "security-baseline" in us-east-1: 3 of 4 accounts are in progress.
  CREATE_IN_PROGRESS, 2 accounts: 100000000001 and 1 more
  DELETE_IN_PROGRESS, 1 account: 100000000003
    Next: wait until AWS is done, then run the command again.`,
  ]);
});

test("it tells the stuck rows from the others, and what to do about them", async () => {
  const old = { status: "CREATE_IN_PROGRESS", lastUpdateTime: "2026-01-02T03:04:05.000Z" };
  const props = stateOf(
    [
      ...rows(1, { ...old, lastUpdateTime: "2026-01-02T04:00:00.000Z" }),
      ...rows(1, old, 2),
      ...rows(1, { ...old, lastUpdateTime: new Date().toISOString() }, 3),
      ...rows(1, { status: "CREATE_IN_PROGRESS" }, 4),
      ...rows(1, { lastUpdateTime: old.lastUpdateTime }, 5),
    ],
    { stuckAfterMinutes: 60 },
  );
  const [violation] = await violationsOf(inProgress, { props });
  expect(violation).toMatch(
    new RegExp(
      `^Organization conformance pack "security-baseline" in us-east-1: 4 of 5 accounts are in progress. 3 accounts are stuck: in progress for more than 60 minutes, or since when is not known \\(1\\).
  CREATE_IN_PROGRESS \\(stuck\\), 3 accounts, the longest since 2026-01-02T03:04:05.000Z: 100000000001, 100000000002, 100000000004
  CREATE_IN_PROGRESS, 1 account, the longest since 2\\S+Z: 100000000003
    Next: look at the stuck accounts in AWS Config; an account without a recorder is retried for only 7 hours. Then put the pack again.$`,
    ),
  );
});

test("rows that a pack's update has not reached yet are named", async () => {
  const props = stateOf(
    [
      ...rows(1, { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-02T04:00:00.000Z" }),
      ...rows(2, { lastUpdateTime: "2026-01-01T00:00:00.000Z" }, 2),
      ...rows(1, { lastUpdateTime: "2026-01-02T05:00:00.000Z" }, 4),
      ...rows(1, { status: "DELETE_SUCCESSFUL", lastUpdateTime: "2026-01-01T00:00:00.000Z" }, 5),
    ],
    { aggregates: { "us-east-1": { status: "UPDATE_IN_PROGRESS", lastUpdateTime: "2026-01-02T03:00:00.000Z" } } },
  );
  const [violation] = await violationsOf(inProgress, { props });
  expect(violation).toContain("2 rows there are older than that.");
  expect(violation).toContain("\n  Older than the pack's update, 2 accounts: 100000000002, 100000000003\n");
});

test("without stuckAfterMinutes, no row is called stuck, however old", async () => {
  const props = stateOf(rows(1, { status: "CREATE_IN_PROGRESS", lastUpdateTime: "2020-01-01T00:00:00.000Z" }));
  const [violation] = await violationsOf(inProgress, { props });
  expect(violation).not.toContain("stuck");
});

test.each([
  {
    what: "healthy",
    row: {},
    says: "AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, although no row is in progress: an update has not reached all rows yet.",
  },
  {
    what: "partly in progress",
    row: { status: "UPDATE_IN_PROGRESS" },
    says: "1 of 3 accounts is in progress. AWS reports the pack in us-east-1 as UPDATE_IN_PROGRESS, and 2 rows there are older than that.",
  },
])("an aggregate that is in progress over rows that are $what is a violation", async ({ row, says }) => {
  const props = stateOf([...rows(1, row), ...rows(2, {}, 2)], {
    aggregates: { "us-east-1": { status: "UPDATE_IN_PROGRESS" } },
  });
  const [violation] = await violationsOf(inProgress, { props });
  expect(violation?.split("\n")[0]).toBe(`Organization conformance pack "security-baseline" in us-east-1: ${says}`);
});

test.each([
  { what: "healthy", members: rows(3) },
  { what: "failed", members: rows(3, { status: "CREATE_FAILED" }) },
  { what: "none", members: [] },
])("members that are $what are not in progress", async ({ members }) => {
  expect(await violationsOf(inProgress, { props: stateOf(members) })).toEqual([]);
});
