import { accountGroup, placesOf } from "../../provider/accountGroup";
import { groupMembers, type MemberGroup, ungroupMembers, withoutTimes } from "../../provider/memberGroups";
import type { MemberStatus } from "../../core/status/memberStatus";
import { account, row } from "../builders/members";

const packName = row().conformancePackName;
const time = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds).toISOString();
const failed = (number: number, others: Partial<MemberStatus> = {}) =>
  row({ accountId: account(number), status: "CREATE_FAILED", ...others });

const ofAccounts = (...numbers: readonly number[]) => ({
  status: "CREATE_FAILED",
  conformancePackNames: { "us-east-1": packName },
  accountIds: { "us-east-1": numbers.map(account) },
});

// Users' states have this form: a change of it needs another format version.
test.each<[what: string, members: MemberStatus[], groups: MemberGroup[]]>([
  ["no key without a value", [failed(1)], [{ ...ofAccounts(1), times: "-" }]],
  [
    "the times of its rows since the earliest one, in the order of the accounts",
    [failed(2, { lastUpdateTime: time(36) }), failed(1, { lastUpdateTime: time(0) }), failed(3)],
    [{ ...ofAccounts(1, 2, 3), since: time(0), times: "0 10 -" }],
  ],
  [
    "the error with a placeholder for each account's own id",
    [1, 2].map((number) => failed(number, { errorCode: "X", errorMessage: `Role of ${account(number)}.` })),
    [{ ...ofAccounts(1, 2), errorCode: "X", errorMessage: "Role of <accountId>.", times: "- -" }],
  ],
  [
    "a mark where AWS itself wrote the placeholder",
    [failed(1, { errorMessage: "Replace <accountId>." })],
    [{ ...ofAccounts(1), errorMessage: "Replace <accountId>.", isVerbatim: true, times: "-" }],
  ],
  [
    "the regions in ascending order, with the pack's name in each",
    [failed(1), failed(1, { region: "eu-west-1", conformancePackName: "other" })],
    [
      {
        status: "CREATE_FAILED",
        conformancePackNames: { "eu-west-1": "other", "us-east-1": packName },
        accountIds: { "eu-west-1": [account(1)], "us-east-1": [account(1)] },
        times: "- -",
      },
    ],
  ],
])("a group has %s", (_what, members, groups) => {
  const made = groupMembers(members);
  expect(made).toStrictEqual(groups);
  expect(Object.keys(made[0]?.accountIds ?? {})).toEqual(Object.keys(groups[0]?.accountIds ?? {}));
  const byPlace = (a: MemberStatus, b: MemberStatus) =>
    `${a.region} ${a.accountId}` < `${b.region} ${b.accountId}` ? -1 : 1;
  expect(made.flatMap(ungroupMembers)).toStrictEqual(members.toSorted(byPlace));
});

test.each<[what: string, others: Partial<MemberStatus>]>([
  ["another status", { status: "UPDATE_FAILED" }],
  ["another code", { errorCode: "Y" }],
  ["another message", { errorMessage: "Other." }],
  ["another pack name in the same region", { conformancePackName: "other" }],
])("a row with %s gets a group of its own", (_what, others) => {
  const common = { errorCode: "X", errorMessage: "Why." };
  const groups = groupMembers([failed(1, common), failed(2, common), failed(3, { ...common, ...others })]);
  expect(groups.map(({ accountIds }) => accountIds["us-east-1"])).toEqual([[account(1), account(2)], [account(3)]]);
});

test("a message that is the placeholder's text is not the message with an own id", () => {
  const messages = ["Role of <accountId>.", `Role of ${account(2)}.`];
  const members = messages.map((errorMessage, index) => failed(index + 1, { errorMessage }));
  expect(groupMembers(members)).toHaveLength(2);
  expect(groupMembers(members).flatMap(ungroupMembers)).toEqual(members);
});

test("rows with another next step get a group of their own, with that step", () => {
  const groups = groupMembers(
    [1, 2, 3].map((number) => failed(number)),
    ({ accountId }) => (accountId === account(3) ? "Look there." : "Look here."),
  );
  expect(groups.map(({ accountIds, nextStep }) => [nextStep, accountIds["us-east-1"]?.length])).toEqual([
    ["Look here.", 2],
    ["Look there.", 1],
  ]);
});

test("the comparable part of a group is all but its times", () => {
  const [group] = groupMembers([failed(1, { errorCode: "X", lastUpdateTime: time(0) })]);
  if (!group) throw new Error("There is no group.");
  const { since, times, ...others } = group;
  expect(withoutTimes(group)).toEqual(others);
  expect([since, times]).toEqual([time(0), "0"]);
});

test("places of accounts come back by region, then account, with the names that are known", () => {
  const places = [
    { accountId: account(2), region: "us-east-1", accountName: "two" },
    { accountId: account(1), region: "us-east-1" },
    { accountId: account(3), region: "eu-west-1" },
  ];
  const made = accountGroup(places);
  expect(made).toStrictEqual({
    group: {
      accountIds: { "eu-west-1": [account(3)], "us-east-1": [account(1), account(2)] },
      accountNames: { [account(2)]: "two" },
    },
    places: [places[2], places[1], places[0]],
  });
  // JSON from elsewhere may have the regions in another order.
  const { "eu-west-1": there = [], "us-east-1": here = [] } = made.group.accountIds;
  const accountIds = { "us-east-1": here, "eu-west-1": there };
  expect(placesOf({ ...made.group, accountIds })).toStrictEqual([places[2], places[1], places[0]]);
});
