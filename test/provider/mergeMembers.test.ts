import type { MemberStatus } from "../../provider/memberStatus";
import { MergedMembers } from "../../provider/mergeMembers";
import { account, row } from "./memberRow";

const earlier = "2026-01-01T00:00:00.000Z";
const later = "2026-01-01T00:00:00.001Z";

function merged(...members: readonly MemberStatus[]): MergedMembers {
  const result = new MergedMembers();
  for (const member of members) result.add(member);
  return result;
}

test("the same row twice is one row, and nothing is said", () => {
  const { members, remarks } = merged(row({ lastUpdateTime: later }), row({ lastUpdateTime: later }));
  expect(members).toEqual([row({ lastUpdateTime: later })]);
  expect(remarks).toEqual([]);
});

test.each<[what: string, kept: Partial<MemberStatus>, dropped: Partial<MemberStatus>]>([
  ["a newer success", { lastUpdateTime: later }, { lastUpdateTime: earlier, status: "CREATE_FAILED" }],
  ["a newer failure", { lastUpdateTime: later, status: "CREATE_FAILED" }, { lastUpdateTime: earlier }],
  ["where one has no time, a failure", { status: "CREATE_FAILED" }, { lastUpdateTime: later }],
  ["where the other has no time, a failure", { status: "CREATE_FAILED", lastUpdateTime: earlier }, {}],
  [
    "at the same time, a failure",
    { lastUpdateTime: later, status: "UPDATE_FAILED" },
    { lastUpdateTime: later, status: "CREATE_IN_PROGRESS" },
  ],
  ["without times, a failure", { status: "CREATE_FAILED" }, {}],
  ["an unfinished row", { status: "CREATE_IN_PROGRESS" }, { status: "CREATE_PAUSED" }],
  ["an unknown status", { status: "CREATE_PAUSED" }, { status: "DELETE_SUCCESSFUL" }],
  ["a former member", { status: "DELETE_SUCCESSFUL" }, { status: "CREATE_SUCCESSFUL" }],
])("%s wins, whichever comes first, and it is said", (_what, kept, dropped) => {
  for (const { members, remarks } of [merged(row(kept), row(dropped)), merged(row(dropped), row(kept))]) {
    expect(members).toEqual([row(kept)]);
    expect(remarks).toEqual([
      `Rows changed while they were read; the newer one counts: ${account(1)} (${row(kept).status}, not ${row(dropped).status}).`,
    ]);
  }
});

test("of rows that differ in their times alone the newer one is kept, and nothing is said", () => {
  for (const times of [
    [earlier, later],
    [later, earlier],
  ]) {
    const { members, remarks } = merged(...times.map((lastUpdateTime) => row({ lastUpdateTime })));
    expect(members).toEqual([row({ lastUpdateTime: later })]);
    expect(remarks).toEqual([]);
  }
});

test("at most five changed accounts are named, in order", () => {
  const changed = (numbers: readonly number[]) =>
    merged(
      ...numbers.flatMap((number) => [
        row({ accountId: account(number) }),
        row({ accountId: account(number), status: "CREATE_FAILED" }),
      ]),
    );
  const { members, remarks } = changed([7, 3, 1, 2, 6, 5, 4]);
  expect(members).toHaveLength(7);
  const five = [1, 2, 3, 4, 5].map((number) => `${account(number)} (CREATE_FAILED, not CREATE_SUCCESSFUL)`).join(", ");
  const says = `Rows changed while they were read; the newer one counts: ${five}`;
  expect(remarks).toEqual([`${says}, and 2 more.`]);
  expect(changed([5, 4, 3, 2, 1]).remarks).toEqual([`${says}.`]);
});
