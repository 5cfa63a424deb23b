import fc from "fast-check";
import {
  byAccountThenRegion,
  type MemberStatus,
  organizationResourceDetailedStatuses,
} from "../../core/status/memberStatus";
import type { PackStatus } from "../../core/status/packStatus";
import { decodePackStatus, encodePackStatus, withoutTimes } from "../../provider/gateState";
import { expectListed } from "../../core/status/expectation";
import { judge } from "../../core/status/verdict";
import { hostileTexts } from "../core/text/hostileText";
import { account, row } from "../core/status/memberRow";

const lookedUpAt = new Date("2026-01-02T03:04:05.678Z");

/** In the year 9999 all that is in progress is stuck, unless its time is later. */
function statusOf(
  members: readonly MemberStatus[],
  expectedAccounts?: readonly string[],
  now = new Date("9999-01-01T00:00:00Z"),
): PackStatus {
  const regions = ["eu-west-1", "us-east-1"];
  const sorted = members.toSorted(byAccountThenRegion);
  return {
    name: "baseline",
    regions,
    ...judge({
      regions: regions.map((region) => ({
        region,
        aggregate: { status: "CREATE_FAILED", errorCode: "X", lastUpdateTime: lookedUpAt.toISOString() },
        ...(expectedAccounts && {
          expectation: {
            ...expectListed(expectedAccounts.slice(0, 3)),
            unexpected: new Map(
              expectedAccounts.slice(3).map((id, index) => [id, index % 2 ? "excluded" : "notActive"] as const),
            ),
            otherwise: "notInOrganization" as const,
          },
        }),
      })),
      members: sorted,
      stuckAfterMinutes: 1,
      now,
    }),
    members: sorted,
  };
}

/** There and back again, as the engine's transport does it: through JSON. */
function roundTrip(status: PackStatus): PackStatus {
  return decodePackStatus(JSON.parse(JSON.stringify(encodePackStatus(status, lookedUpAt))) as never);
}

// The wire's text is well-formed by the time that it is a row.
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 8 }),
    fc.constantFrom(...hostileTexts, "", " ", "-", "%", "%20", "a b", "%E0%A4%A", "null", "__proto__"),
    fc.constantFrom(account(1), `role ${account(2)} of ${account(1)}`, "<accountId>", `<accountId> is ${account(1)}`),
    fc.constantFrom("{accountId}", "$&", "$1", "$`", `$&${account(1)}`, `${account(1)}${account(1)}`),
  )
  .map((value) => value.toWellFormed());
const member = fc
  .record(
    {
      accountId: fc.integer({ min: 0, max: 20 }).map(account),
      region: fc.constantFrom("us-east-1", "eu-west-1"),
      conformancePackName: fc.oneof(fc.constantFrom("OrgConformsPack-a", "OrgConformsPack-b"), text),
      status: fc.oneof(fc.constantFrom(...organizationResourceDetailedStatuses), text),
      errorCode: text,
      errorMessage: text,
      lastUpdateTime: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      accountName: fc.oneof(text, fc.constantFrom('"', 'a "b"', "\\", 'x" y', "🎉", "a\nb", "a\u2028b")),
    },
    { requiredKeys: ["accountId", "region", "conformancePackName", "status"] },
  )
  .map((fields) => ({ ...fields }));
const members = fc.uniqueArray(member, { selector: (one) => `${one.accountId} ${one.region}`, maxLength: 30 });

test("whatever the rows are, state gives them back as they were", () => {
  fc.assert(
    fc.property(members, fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 25 }).map(account))), (rows, expected) => {
      const status = statusOf(rows, expected ?? undefined);
      expect(roundTrip(status)).toEqual(status);
      expect(roundTrip(status)).toStrictEqual(JSON.parse(JSON.stringify(status)));
    }),
    { numRuns: 1_000 },
  );
});

test.each<[what: string, rows: MemberStatus[]]>([
  ["no rows", []],
  ["no time, code or text", [row()]],
  ["names that differ", [row(), row({ accountId: account(2), conformancePackName: "another name\n%" })]],
  [
    "names of accounts, beside names of their own",
    ['"', "a b", 'x" "y', "line\nbreak", "🎉", "\u2028", "-", "null"].map((accountName, index) =>
      row({ accountId: account(index), accountName, ...(index % 2 && { conformancePackName: `own ${accountName}` }) }),
    ),
  ],
  ["an empty name beside another", [row(), row({ accountId: account(2), conformancePackName: "" })]],
  [
    "its own account in its error, and another's",
    [1, 2, 3].map((number) =>
      row({ accountId: account(number), status: "CREATE_FAILED", errorMessage: `${account(number)} ${account(2)}` }),
    ),
  ],
  [
    "what looks like a placeholder",
    [1, 2].map((number) =>
      row({ accountId: account(number), status: "CREATE_FAILED", errorMessage: "<accountId> <accountId>" }),
    ),
  ],
])("gives back %s", (_what, rows) => {
  const status = statusOf(rows);
  expect(roundTrip(status)).toEqual(status);
});

test("rows that differ only in account and time are one group, one line each", () => {
  const status = statusOf([
    row({ accountId: account(1), lastUpdateTime: "2026-01-01T00:00:00.000Z" }),
    row({ accountId: account(2) }),
    row({ accountId: account(3), conformancePackName: "own name" }),
    row({ accountId: account(4), status: "CREATE_FAILED", errorCode: "X", errorMessage: "why" }),
  ]);
  const { failedGroups, otherGroups, ...rest } = encodePackStatus(status, lookedUpAt);
  expect(otherGroups).toEqual([
    {
      region: "us-east-1",
      status: "CREATE_SUCCESSFUL",
      conformancePackName: row().conformancePackName,
      accounts: `${account(1)} 2026-01-01T00:00:00.000Z\n${account(2)} -\n${account(3)} - own%20name`,
    },
  ]);
  expect(failedGroups).toMatchObject([
    { status: "CREATE_FAILED", errorCode: "X", errorMessage: "why", accounts: `${account(4)} -` },
  ]);
  expect(rest).toMatchObject({ name: "baseline", verdict: "FAILED", lookedUpAt: "2026-01-02T03:04:05.678Z" });
});

test("10,000 healthy accounts take less than 50 bytes each", () => {
  const lastUpdateTime = lookedUpAt.toISOString();
  const rows = Array.from({ length: 10_000 }, (_, index) => row({ accountId: account(index), lastUpdateTime }));
  const state = encodePackStatus(statusOf(rows), lookedUpAt);
  expect(state.otherGroups).toHaveLength(1);
  expect(JSON.stringify(state).length).toBeLessThan(50 * 10_000);
});

test("without times, only times make no difference", () => {
  const groups = (others: Partial<MemberStatus>) =>
    withoutTimes(
      encodePackStatus(statusOf([row(), row({ accountId: account(2), ...others })]), lookedUpAt).otherGroups,
    );
  const before = groups({ lastUpdateTime: "2026-01-01T00:00:00.000Z" });
  expect(groups({})).toEqual(before);
  expect(groups({ lastUpdateTime: "2026-02-02T00:00:00.000Z" })).toEqual(before);
  expect(groups({ conformancePackName: "another" })).not.toEqual(before);
  expect(groups({ accountId: account(3) })).not.toEqual(before);
  expect(groups({ status: "UPDATE_SUCCESSFUL" })).not.toEqual(before);
});

test("stuck and unexpected rows, and why, come back; the state names them once", () => {
  const members = [
    row({ status: "CREATE_IN_PROGRESS", lastUpdateTime: "2026-01-01T00:00:00.000Z", accountName: 'The "A" team' }),
    row({ accountId: account(2), status: "UPDATE_IN_PROGRESS", lastUpdateTime: "9999-01-01T00:00:00.000Z" }),
    row({ accountId: account(3), region: "eu-west-1" }),
    row({ accountId: account(5) }),
  ];
  const status = statusOf(members, [1, 2, 4, 5].map(account));
  const state = encodePackStatus(status, lookedUpAt);
  expect(state.stuckRows).toEqual([`${account(1)} us-east-1`]);
  expect(state.unexpectedRows).toEqual([
    `${account(3)} eu-west-1 notInOrganization`,
    `${account(5)} us-east-1 notActive`,
  ]);
  const back = roundTrip(status);
  expect(back.stuck).toEqual([members[0]]);
  expect(back.unexpected).toEqual([
    { ...members[2], cause: "notInOrganization" },
    { ...members[3], cause: "notActive" },
  ]);
});

test("an account's other name is a change, also without times", () => {
  const groups = (accountName: string) =>
    withoutTimes(encodePackStatus(statusOf([row({ accountName })]), lookedUpAt).otherGroups);
  expect(groups("a")).toEqual(groups("a"));
  expect(groups("a")).not.toEqual(groups("b"));
});
