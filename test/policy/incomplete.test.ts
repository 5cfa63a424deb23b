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
    says: `Organization conformance pack "security-baseline" in us-east-1: No account is a member of the pack in us-east-1: AWS shows no row.
    Next: if the pack was put a short time ago, wait and run the command again; else check that the organization has accounts, and the pack's ExcludedAccounts.`,
  },
  {
    what: "a pack that has former members only",
    props: stateOf(rows(2, { status: "DELETE_SUCCESSFUL" })),
    says: `Organization conformance pack "security-baseline" in us-east-1: No account is a member of the pack in us-east-1: AWS shows former members only.
    Next: if the pack was put a short time ago, wait and run the command again; else check that the organization has accounts, and the pack's ExcludedAccounts.`,
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
    Next: check that these accounts are active members of the organization and not in the pack's ExcludedAccounts; an account that joined a short time ago gets the pack within hours.`,
  },
  {
    what: "an aggregate that is deleted over healthy rows",
    props: stateOf(rows(2), { aggregates: { "us-east-1": { status: "DELETE_SUCCESSFUL" } } }),
    says: `Organization conformance pack "security-baseline" in us-east-1: AWS reports the pack in us-east-1 as DELETE_SUCCESSFUL.
    Next: put the pack again, or remove what gates on it.`,
  },
  {
    what: "an aggregate that is not known",
    props: stateOf(rows(2), { aggregates: { "us-east-1": { status: "CREATE_PAUSED" } } }),
    says: `Organization conformance pack "security-baseline" in us-east-1: AWS reports the pack in us-east-1 as CREATE_PAUSED, which this version does not know.
    Next: look at the pack in AWS Config, and update pulumi-org-conformance.`,
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
  { what: "healthy, as the aggregate is,", members: rows(3), aggregate: "CREATE_SUCCESSFUL" },
  { what: "failed, as the aggregate is,", members: rows(3, { status: "CREATE_FAILED" }), aggregate: "CREATE_FAILED" },
  {
    what: "failed while the aggregate is not",
    members: rows(3, { status: "CREATE_FAILED" }),
    aggregate: "UPDATE_SUCCESSFUL",
  },
  { what: "healthy while the aggregate is failed", members: rows(3), aggregate: "UPDATE_FAILED" },
  { what: "healthy while the aggregate is in progress", members: rows(3), aggregate: "UPDATE_IN_PROGRESS" },
])("members that are $what are complete", async ({ aggregate, members }) => {
  const props = stateOf(members, { ...(aggregate && { aggregates: { "us-east-1": { status: aggregate } } }) });
  expect(await violationsOf(incomplete, { props })).toEqual([]);
});
