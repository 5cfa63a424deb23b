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

test.each([
  { what: "healthy", members: rows(3) },
  { what: "failed", members: rows(3, { status: "CREATE_FAILED" }) },
  { what: "none", members: [] },
])("members that are $what are not in progress", async ({ members }) => {
  expect(await violationsOf(inProgress, { props: stateOf(members) })).toEqual([]);
});
