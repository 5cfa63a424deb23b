import { inflateRawSync } from "node:zlib";
import type { MemberStatus } from "../../core/status/memberStatus";
import { packMembers, unpackMembers, withoutTimes } from "../../provider/packedMembers";
import { account, row, rows } from "../builders/members";

/** The two JSON texts in a packed text. */
function partsOf(text: string): unknown[] {
  return text.split(".").map((part) => JSON.parse(inflateRawSync(Buffer.from(part, "base64")).toString()) as unknown);
}

const packName = row().conformancePackName;
const time = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds).toISOString();

// Users' states have this form: a change of it needs another format version.
test.each<[what: string, members: MemberStatus[], parts: unknown[]]>([
  ["no rows", [], [{ ids: "", kinds: [] }, []]],
  [
    "one row without a time",
    [row()],
    [
      { ids: "1", kinds: [{ region: "us-east-1", status: "CREATE_SUCCESSFUL", packName, accounts: "0" }] },
      [{ first: 0, offsets: "-" }],
    ],
  ],
  [
    "accounts with gaps, in base 36, as runs of their indices",
    [1, 2, 3, 40, 77].map((number) =>
      row({ accountId: account(number), ...(number === 40 && { status: "UPDATE_SUCCESSFUL" }) }),
    ),
    [
      {
        ids: "1 1 1 11 11",
        kinds: [
          { region: "us-east-1", status: "CREATE_SUCCESSFUL", packName, accounts: "0-2 4" },
          { region: "us-east-1", status: "UPDATE_SUCCESSFUL", packName, accounts: "3" },
        ],
      },
      [
        { first: 0, offsets: "- - - -" },
        { first: 0, offsets: "-" },
      ],
    ],
  ],
  [
    "times since the earliest one of their kind, and names of accounts in the order of the ids",
    [
      row({ accountId: account(3), accountName: "three", lastUpdateTime: time(36) }),
      row({ accountId: account(2), lastUpdateTime: time(0) }),
      row({ accountId: account(1), accountName: "one" }),
    ],
    [
      {
        ids: "1 1 1",
        names: ["one", null, "three"],
        kinds: [{ region: "us-east-1", status: "CREATE_SUCCESSFUL", packName, accounts: "0-2" }],
      },
      [{ first: Date.UTC(2026, 0, 1), offsets: "- 0 10" }],
    ],
  ],
  [
    "kinds in the order of their first row, by account, then region",
    [row({ region: "us-east-1" }), row({ region: "eu-west-1" }), row({ region: "eu-west-1", accountId: account(2) })],
    [
      {
        ids: "1 1",
        kinds: [
          { region: "eu-west-1", status: "CREATE_SUCCESSFUL", packName, accounts: "0-1" },
          { region: "us-east-1", status: "CREATE_SUCCESSFUL", packName, accounts: "0" },
        ],
      },
      [
        { first: 0, offsets: "- -" },
        { first: 0, offsets: "-" },
      ],
    ],
  ],
])("the packed text has %s", (_what, members, parts) => {
  const text = packMembers(members);
  expect(partsOf(text)).toStrictEqual(parts);
  const sorted = members.toSorted((a, b) => (`${a.accountId} ${a.region}` < `${b.accountId} ${b.region}` ? -1 : 1));
  expect(unpackMembers(text)).toStrictEqual(sorted);
});

test("packing changes nothing of the list that it is given", () => {
  const members = rows("CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL").reverse();
  const copy = [...members];
  packMembers(members);
  expect(members).toEqual(copy);
});

test("the comparable part of the text is its first JSON, without the times", () => {
  const early = packMembers([row({ lastUpdateTime: time(0) })]);
  const late = packMembers([row({ lastUpdateTime: time(1) })]);
  expect(withoutTimes(late)).toBe(withoutTimes(early));
  expect(JSON.parse(withoutTimes(early))).toEqual(partsOf(early)[0]);
  expect(withoutTimes("not base64!")).toBe("not base64!");
});
