import {
  accountPaths,
  accountsUnder,
  lineOf,
  mergeUnits,
  type OrganizationalUnit,
} from "../../../core/status/organizationalUnit";
import { account } from "../../builders/members";

/** Root › Workloads › Production, and a unit whose line was not read up to the root. */
const units: readonly OrganizationalUnit[] = [
  { id: "r-root", accountIds: [account(1)] },
  { id: "ou-work", name: "Workloads", parentId: "r-root", accountIds: [account(2)] },
  { id: "ou-prod", parentId: "ou-work", accountIds: [account(3), account(4)] },
  { id: "ou-apart", name: "Apart", accountIds: [account(5)] },
];

test("a path goes from the root down, by names, or by ids where a name is not known", () => {
  expect(accountPaths(units)).toEqual(
    new Map([
      [account(1), "Root"],
      [account(2), "Workloads"],
      [account(3), "Workloads/ou-prod"],
      [account(4), "Workloads/ou-prod"],
    ]),
  );
  expect(accountPaths()).toEqual(new Map());
});

test.each([
  [["r-root"], [1, 2, 3, 4]],
  [["ou-work"], [2, 3, 4]],
  [["ou-prod"], [3, 4]],
  [
    ["ou-apart", "ou-prod"],
    [3, 4, 5],
  ],
  [["ou-other"], []],
  [[], []],
])("under %j are those accounts and the ones of the units inside", (ids, numbers) => {
  expect(accountsUnder(ids, units)).toEqual(new Set(numbers.map(account)));
});

test("without units, no account is under one", () => {
  expect(accountsUnder(["r-root"])).toEqual(new Set());
});

test("a line that goes round in circles ends", () => {
  const table = new Map([
    ["ou-a", { id: "ou-a", parentId: "ou-b" }],
    ["ou-b", { id: "ou-b", parentId: "ou-a" }],
  ]);
  expect([...lineOf("ou-a", table)].map(({ id }) => id)).toEqual(["ou-a", "ou-b"]);
});

test("two tables are one: what either knows of a unit is known, and each account is there once", () => {
  const others: readonly OrganizationalUnit[] = [
    { id: "ou-prod", name: "Production", accountIds: [account(4), account(0)] },
    { id: "ou-test", parentId: "r-root", accountIds: [account(6)] },
  ];
  expect(mergeUnits(units, others)).toEqual([
    ...units.slice(0, 2),
    { id: "ou-prod", name: "Production", parentId: "ou-work", accountIds: [account(0), account(3), account(4)] },
    units[3],
    others[1],
  ]);
});
