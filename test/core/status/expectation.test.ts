import { expectListed, expectOrganization } from "../../../core/status/expectation";
import type { OrganizationAccount } from "../../../core/status/organization";
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
