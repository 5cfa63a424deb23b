import { expectListed, expectOrganization, expectUnits } from "../../../core/status/expectation";
import type { OrganizationAccount, OrganizationTree } from "../../../core/status/organization";
import { account } from "../../builders/members";

const [active, suspended, management, excluded, suspendedAndExcluded] = [1, 2, 3, 4, 5].map(account) as [
  string,
  string,
  string,
  string,
  string,
];
const inactive = [suspended, suspendedAndExcluded];
const accounts = new Map<string, OrganizationAccount>(
  [active, suspended, management, excluded, suspendedAndExcluded].map((accountId) => [
    accountId,
    { accountId, isActive: !inactive.includes(accountId) },
  ]),
);

test("an organization requires its active accounts, allows its management account, and no others", () => {
  const expectation = expectOrganization({ accounts, managementAccountId: management }, [
    excluded,
    suspendedAndExcluded,
  ]);
  expect(expectation).toEqual({
    required: new Set([active]),
    optional: new Set([management]),
    unexpected: new Map([
      [excluded, "excluded"],
      [suspendedAndExcluded, "excluded"],
      [suspended, "notActive"],
    ]),
    otherwise: "notInOrganization",
  });
});

test("an unknown management account is required like any other, and a suspended one is unexpected", () => {
  expect(expectOrganization({ accounts }, []).required).toEqual(new Set([active, management, excluded]));
  const { optional, unexpected } = expectOrganization({ accounts, managementAccountId: suspended }, []);
  expect([optional.size, unexpected.get(suspended)]).toEqual([0, "notActive"]);
});

test("a list requires its accounts and allows no others", () => {
  expect(expectListed([active, excluded])).toEqual({
    required: new Set([active, excluded]),
    optional: new Set(),
    unexpected: new Map(),
    otherwise: "notListed",
  });
});

/** Root › Workloads › Production, with an account in each, and one beside them. */
const tree: OrganizationTree = {
  units: new Map([
    ["r-root", { id: "r-root" }],
    ["ou-work", { id: "ou-work", parentId: "r-root" }],
    ["ou-prod", { id: "ou-prod", parentId: "ou-work" }],
    ["ou-sandbox", { id: "ou-sandbox", parentId: "r-root" }],
  ]),
  accounts: new Map(
    [
      { accountId: management, parentId: "r-root" },
      { accountId: active, parentId: "ou-work" },
      { accountId: excluded, parentId: "ou-prod" },
      { accountId: suspended, parentId: "ou-prod" },
      { accountId: account(6), parentId: "ou-prod" },
      { accountId: account(7), parentId: "ou-sandbox" },
    ].map((entry) => [entry.accountId, { ...entry, isActive: entry.accountId !== suspended }]),
  ),
  managementAccountId: management,
};

test.each([
  { unit: "ou-work", required: [active, account(6)], optional: [] },
  { unit: "ou-work", recursive: true, required: [active, account(6)], optional: [] },
  { unit: "ou-work", recursive: false, required: [active], optional: [] },
  { unit: "ou-prod", recursive: false, required: [account(6)], optional: [] },
  { unit: "r-root", required: [active, account(6), account(7)], optional: [management] },
  { unit: "ou-gone", required: [], optional: [] },
])(
  "$unit, recursive: $recursive, requires its active accounts and allows any other",
  ({ optional, recursive, required, unit }) => {
    const expected = { organizationalUnits: [unit], ...(recursive !== undefined && { recursive }) };
    const expectation = expectUnits(tree, expected, [excluded]);
    expect(expectation).toMatchObject({ required: new Set(required), optional: new Set(optional) });
    expect(expectation.otherwise).toBeUndefined();
  },
);

test("a suspended account and an excluded one are unexpected members of a unit, also of another", () => {
  const { unexpected } = expectUnits(tree, { organizationalUnits: ["ou-prod"] }, [excluded, account(7)]);
  expect(unexpected).toEqual(
    new Map([
      [excluded, "excluded"],
      [account(7), "excluded"],
      [suspended, "notActive"],
    ]),
  );
});

test("an unknown management account is required like any other account of a unit", () => {
  const { managementAccountId, ...unknown } = tree;
  expect(managementAccountId).toBe(management);
  const { optional, required } = expectUnits(unknown, { organizationalUnits: ["r-root"], recursive: false }, []);
  expect([[...required], optional.size]).toEqual([[management], 0]);
});
