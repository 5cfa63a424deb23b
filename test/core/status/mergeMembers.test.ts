import type { MemberStatus } from "../../../core/status/memberStatus";
import { MergedMembers } from "../../../core/status/mergeMembers";
import { account, row } from "../../builders/members";

const earlier = "2026-01-01T00:00:00.000Z";
const later = "2026-01-01T00:00:00.001Z";

function merged(...members: readonly MemberStatus[]): MergedMembers {
  const result = new MergedMembers();
  for (const member of members) result.add(member);
  return result;
}

/** The sentences of the remarks with one reason code. */
function remarksOf({ remarks }: MergedMembers, about: "rowsChanged" | "packNamesDiffer"): string[] {
  return remarks.flatMap(({ code, message }) => (code === about ? [message] : []));
}

test("a row that comes twice counts once, without a remark", () => {
  const both = merged(row({ lastUpdateTime: later }), row({ lastUpdateTime: later }));
  expect(both.members).toEqual([row({ lastUpdateTime: later })]);
  expect(both.remarks).toEqual([]);
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
])("%s wins with a remark, whichever comes first", (_what, kept, dropped) => {
  for (const both of [merged(row(kept), row(dropped)), merged(row(dropped), row(kept))]) {
    const { members } = both;
    expect(members).toEqual([row(kept)]);
    expect(remarksOf(both, "rowsChanged")).toEqual([
      `Rows changed while they were read; the newer one counts, or the worse one where the times do not tell: ${account(1)} (${row(kept).status}, not ${row(dropped).status}).`,
    ]);
  }
});

test("the newer of rows that differ only in their time is kept, without a remark", () => {
  for (const times of [
    [earlier, later],
    [later, earlier],
  ]) {
    const { members, remarks } = merged(...times.map((lastUpdateTime) => row({ lastUpdateTime })));
    expect(members).toEqual([row({ lastUpdateTime: later })]);
    expect(remarks).toEqual([]);
  }
});

describe("rows of one account with different pack names", () => {
  const old = { conformancePackName: "OrgConformsPack-old", lastUpdateTime: earlier };
  const current = { conformancePackName: "OrgConformsPack-current", lastUpdateTime: later };

  test.each<[what: string, rows: Partial<MemberStatus>[], kept: number, sentence: string | undefined]>([
    [
      "an older failure",
      [{ ...old, status: "CREATE_FAILED" }, current],
      0,
      "CREATE_FAILED of OrgConformsPack-old, not CREATE_SUCCESSFUL of OrgConformsPack-current",
    ],
    [
      "an older row in progress",
      [{ ...old, status: "DELETE_IN_PROGRESS" }, current],
      0,
      "DELETE_IN_PROGRESS of OrgConformsPack-old, not CREATE_SUCCESSFUL of OrgConformsPack-current",
    ],
    [
      "the worst of three, also when a newer version of another name came between",
      [{ ...old, status: "CREATE_FAILED" }, { ...current, status: "UPDATE_FAILED", lastUpdateTime: earlier }, current],
      0,
      "CREATE_FAILED of OrgConformsPack-old, not CREATE_SUCCESSFUL of OrgConformsPack-current",
    ],
    [
      "the worst of three names",
      [
        { ...old, status: "CREATE_FAILED" },
        { ...current, status: "UPDATE_IN_PROGRESS" },
        { conformancePackName: "OrgConformsPack-newest" },
      ],
      0,
      "CREATE_FAILED of OrgConformsPack-old, not UPDATE_IN_PROGRESS of OrgConformsPack-current or CREATE_SUCCESSFUL of OrgConformsPack-newest",
    ],
    [
      "the first by name of two that are equal",
      [current, old],
      0,
      "CREATE_SUCCESSFUL of OrgConformsPack-current, not CREATE_SUCCESSFUL of OrgConformsPack-old",
    ],
    ["the member beside a newer deletion", [current, { ...old, status: "DELETE_SUCCESSFUL" }], 0, undefined],
    [
      "the member beside the newest row, a deletion,",
      [
        { ...old, status: "UPDATE_FAILED" },
        { ...current, status: "DELETE_SUCCESSFUL" },
      ],
      0,
      undefined,
    ],
    [
      "one of several deletions",
      [
        { ...current, status: "DELETE_SUCCESSFUL" },
        { ...old, status: "DELETE_SUCCESSFUL" },
      ],
      0,
      undefined,
    ],
  ])("%s counts, in any order and from any reading", (_what, some, kept, sentence) => {
    const all = some.map(row);
    for (const order of permutations(all)) {
      const readings = order.map((each) => merged(each));
      for (const rows of [merged(...order), readings.reduce((a, b) => a.merge(b))]) {
        expect(rows.members).toEqual([all[kept]]);
        expect(remarksOf(rows, "packNamesDiffer")).toEqual(
          sentence === undefined
            ? []
            : [`Rows of one account have different pack names; the worst one counts: ${account(1)} (${sentence}).`],
        );
      }
    }
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

test("a remark names at most five accounts, in order", () => {
  const changed = (numbers: readonly number[]) =>
    merged(
      ...numbers.flatMap((number) => [
        row({ accountId: account(number) }),
        row({ accountId: account(number), status: "CREATE_FAILED" }),
      ]),
    );
  const seven = changed([7, 3, 1, 2, 6, 5, 4]);
  expect(seven.members).toHaveLength(7);
  const five = [1, 2, 3, 4, 5].map((number) => `${account(number)} (CREATE_FAILED, not CREATE_SUCCESSFUL)`).join(", ");
  const says = `Rows changed while they were read; the newer one counts, or the worse one where the times do not tell: ${five}`;
  expect(remarksOf(seven, "rowsChanged")).toEqual([`${says} and 2 more.`]);
  expect(remarksOf(changed([5, 4, 3, 2, 1]), "rowsChanged")).toEqual([`${says}.`]);
});
