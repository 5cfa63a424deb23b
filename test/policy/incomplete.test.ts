import { incomplete } from "../../policy/index";
import { account, rows, stateOf, violationsOf } from "./evaluate";

test("it is mandatory", () => {
  expect(incomplete).toMatchObject({
    name: "organization-conformance-pack-incomplete",
    enforcementLevel: "mandatory",
  });
});

test.each([
  {
    what: "a pack without a row",
    props: stateOf([]),
    says: 'Organization conformance pack "security-baseline" in us-east-1: No account is a member of the pack in us-east-1: AWS shows no row.',
  },
  {
    what: "a pack that has former members only",
    props: stateOf(rows(2, { status: "DELETE_SUCCESSFUL" })),
    says: 'Organization conformance pack "security-baseline" in us-east-1: No account is a member of the pack in us-east-1: AWS shows former members only.',
  },
  {
    what: "a status that is not known",
    props: stateOf([...rows(1), ...rows(2, { status: "CREATE_PAUSED" }, 2)]),
    says: `Organization conformance pack "security-baseline" in us-east-1: 2 of 3 accounts have a status that this version does not know: CREATE_PAUSED.
  Unknown status, 2 accounts: 100000000002, 100000000003
    Next: look at these accounts in AWS Config, and update pulumi-org-conformance.`,
  },
  {
    what: "accounts that are missing",
    props: stateOf([...rows(1), ...rows(1, { status: "DELETE_SUCCESSFUL" }, 2)], {
      expectedAccounts: [1, 2, 3].map(account),
    }),
    says: `Organization conformance pack "security-baseline" in us-east-1: 2 expected accounts are no members of the pack.
  Deleted, 1 expected account: 100000000002
  No row, 1 expected account: 100000000003
    Next: check that these accounts are active members of the organization and not in the pack's ExcludedAccounts.`,
  },
])("$what is a violation", async ({ props, says }) => {
  expect(await violationsOf(incomplete, { props })).toEqual([says]);
});

test("maxAccountsShown caps the lists", async () => {
  const props = stateOf(rows(1), { expectedAccounts: Array.from({ length: 6 }, (_, index) => account(index + 1)) });
  const [violation] = await violationsOf(incomplete, { props }, { maxAccountsShown: 2 });
  expect(violation).toContain("5 expected accounts: 100000000002, 100000000003 and 3 more\n");
});

test.each([
  { what: "healthy", members: rows(3) },
  { what: "failed", members: rows(3, { status: "CREATE_FAILED" }) },
  { what: "in progress", members: rows(3, { status: "UPDATE_IN_PROGRESS" }) },
])("members that are $what are complete", async ({ members }) => {
  expect(await violationsOf(incomplete, { props: stateOf(members) })).toEqual([]);
});
