import fc from "fast-check";
import { packMembers, unpackMembers } from "../../provider/packedMembers";
import { byAccountThenRegion } from "../../core/status/place";
import type { MemberStatus } from "../../core/status/memberStatus";
import { organizationResourceDetailedStatuses } from "../../core/status/detailedStatus";
import type { PackStatus } from "../../core/status/packStatus";
import { comparable, decodeState, encodeState, type GateState, isGateState } from "../../provider/gateState";
import { containsUnknown, unknownText } from "../../provider/unknown";
import { expectListed } from "../../core/status/expectation";
import { judge } from "../../core/status/judge";
import { hostileTexts } from "../core/text/hostileText";
import { account, row } from "../builders/members";

const lookedUpAt = new Date("2026-01-02T03:04:05.678Z");

/** In the year 9999, all that is in progress is stuck, unless its time is later. */
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
  };
}

/** There and back again, as the engine's transport does it: through JSON. */
function roundTrip(status: PackStatus): PackStatus {
  return decodeState(JSON.parse(JSON.stringify(encodeState(status, lookedUpAt))) as never);
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
      // As `awsTime` reads them: the differences of others are no exact numbers.
      lastUpdateTime: fc
        .date({ noInvalidDate: true, min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z") })
        .map((date) => date.toISOString()),
    },
    { requiredKeys: ["accountId", "region", "conformancePackName", "status"] },
  )
  .map((fields) => ({ ...fields }));
const accountNames = fc.dictionary(
  fc.integer({ min: 0, max: 20 }).map(account),
  fc.oneof(text, fc.constantFrom('"', 'a "b"', "\\", 'x" y', "🎉", "a\nb", "a\u2028b")),
);
const members = fc.uniqueArray(member, { selector: (one) => `${one.accountId} ${one.region}`, maxLength: 30 });

test("a state gives any rows back as they were", () => {
  const expectation = fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 25 }).map(account)));
  fc.assert(
    fc.property(members, accountNames, expectation, (rows, names, expected) => {
      const named = rows.map((one) =>
        Object.hasOwn(names, one.accountId) ? { ...one, accountName: names[one.accountId] ?? "" } : one,
      );
      const status = statusOf(named, expected ?? undefined);
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
    "an empty name beside another, both failed",
    [
      row({ status: "CREATE_FAILED" }),
      row({ status: "CREATE_FAILED", accountId: account(2), conformancePackName: "" }),
    ],
  ],
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

test("rows of one cause are one group, whatever their region and the pack's name there", () => {
  const failure = { status: "CREATE_FAILED", errorCode: "X", errorMessage: "why" };
  const status = statusOf([
    row({ accountId: account(4), ...failure, lastUpdateTime: "2026-01-01T00:00:01.000Z" }),
    row({ accountId: account(2), ...failure, accountName: "sandbox" }),
    row({
      accountId: account(2),
      ...failure,
      region: "eu-west-1",
      conformancePackName: "other",
      accountName: "sandbox",
    }),
  ]);
  expect(encodeState(status, lookedUpAt)).toMatchObject({
    formatVersion: 1,
    lookedUpAt: "2026-01-02T03:04:05.678Z",
    verdict: "FAILED",
    failedGroups: [
      {
        ...failure,
        since: "2026-01-01T00:00:01.000Z",
        accountIds: { "eu-west-1": [account(2)], "us-east-1": [account(2), account(4)] },
        accountNames: { [account(2)]: "sandbox" },
        conformancePackNames: { "eu-west-1": "other", "us-east-1": row().conformancePackName },
      },
    ],
  });
});

test.each([1, 17])("10,000 healthy accounts in %d regions take at most 16 bytes a row", (count) => {
  const numbers = fc.sample(
    fc.tuple(fc.nat(99_999_998), fc.array(fc.nat(3_600_000), { minLength: count, maxLength: count })),
    {
      numRuns: 10_000,
      seed: 42,
    },
  );
  const members = numbers
    .flatMap(([id, ages], index) =>
      ages.map((age, region) =>
        row({
          accountId: account(index * 99_999_999 + id),
          region: `us-east-${String(region + 1)}`,
          lastUpdateTime: new Date(lookedUpAt.getTime() - age).toISOString(),
        }),
      ),
    )
    .sort(byAccountThenRegion);
  const text = packMembers(members);
  expect(text.length / members.length).toBeLessThanOrEqual(16);
  expect(unpackMembers(text)).toEqual(members);
});

test.each(["errorMessage", "errorCode", "accountName", "conformancePackName", "status"] as const)(
  "no %s in a state is one that Pulumi does not know yet, whatever AWS sends",
  (key) => {
    const member = row({ status: key === "status" ? "" : "CREATE_FAILED", [key]: unknownText });
    const members = [
      member,
      ...(key === "accountName" || key === "conformancePackName"
        ? [row({ accountId: account(2), [key]: unknownText })]
        : []),
    ];
    const state = encodeState(statusOf(members), lookedUpAt);
    expect(containsUnknown(state)).toBe(false);
    for (const one of decodeState(state).members) expect(one[key]).toBe(`"${unknownText}"`);
  },
);

test("owners come back as they were, also those that Pulumi takes for an unknown value", () => {
  const owners = [...hostileTexts, unknownText].map((owner, index) => ({ owner, accountIds: [account(index)] }));
  const accountOwners = { owners, warning: "The owner of 1 account could not be read: AWS Organizations said no." };
  const state = encodeState({ ...statusOf([row()]), accountOwners }, lookedUpAt);
  expect(containsUnknown(state)).toBe(false);
  expect(decodeState(state).accountOwners).toEqual({
    ...accountOwners,
    owners: owners.map((one) => ({ ...one, ...(one.owner === unknownText && { owner: `"${unknownText}"` }) })),
  });
});

test("organizational units come back, by which policies except accounts", () => {
  const organizationalUnits = [
    { id: "ou-a1b2-sandboxes", name: "Sandboxes", parentId: "r-a1b2", accountIds: [account(1)] },
  ];
  const status = { ...statusOf([row({ status: "CREATE_FAILED" })]), organizationalUnits };
  expect(roundTrip(status)).toStrictEqual(JSON.parse(JSON.stringify(status)));
});

test("a change of owners is a change of the state, which policies read", () => {
  const owned = (owner: string) => ({ owners: [{ owner, accountIds: [account(1)] }] });
  expect(comparable("accountOwners", owned("a"))).not.toEqual(comparable("accountOwners", owned("b")));
});

test("a missing account stays missing, though its name is one that Pulumi takes for an unknown value", () => {
  const status = statusOf([row()], [account(1), account(2)]);
  const missing = status.missing.map((place) => ({ ...place, accountName: unknownText }));
  const state = encodeState({ ...status, missing }, lookedUpAt);
  expect(containsUnknown(state)).toBe(false);
  expect(decodeState(state).missing).toEqual(
    status.missing.map((place) => ({ ...place, accountName: `"${unknownText}"` })),
  );
});

test.each<[key: keyof GateState, value: unknown]>([
  ["regionStatuses", [null]],
  ["regionStatuses", "none"],
  ["failedGroups", ["000000000001 CREATE_FAILED"]],
  ["stuckGroups", [null]],
  ["packedMembers", 7],
])("a state of another format is compared too: %s of %j", (key, value) => {
  expect(comparable(key, value)).toEqual(value);
});

test.each<[state: object, isOurs: boolean]>([
  [{ formatVersion: 1 }, true],
  [{ formatVersion: 0 }, false],
  [{ formatVersion: 2 }, false],
  [{ formatVersion: "1" }, false],
  [{}, false],
])("whether %j is a state of this format is %p", (state, isOurs) => {
  expect(isGateState(state)).toBe(isOurs);
});

test.each<[what: string, others: object, isChange: boolean]>([
  ["another time", { lastUpdateTime: "2026-02-02T00:00:00.000Z" }, false],
  ["another name of the pack", { conformancePackName: "another" }, true],
  ["another account", { accountId: account(3) }, true],
  ["another name of the account", { accountName: "b" }, true],
  ["another status", { status: "UPDATE_SUCCESSFUL" }, true],
  ["a failure", { status: "CREATE_FAILED" }, true],
])("whether %s of a row, %j, is a change is %p", (_what, others, isChange) => {
  const all = (changes: object) =>
    (["CREATE_SUCCESSFUL", "CREATE_IN_PROGRESS", "CREATE_ODD"] as const).map((status) => {
      const member = row({
        accountId: account(2),
        accountName: "a",
        lastUpdateTime: "2026-01-01T00:00:00.000Z",
        status,
      });
      const state = encodeState(statusOf([row(), { ...member, ...changes }]), lookedUpAt);
      return Object.entries(state).map(([key, value]) => comparable(key, value));
    });
  if (isChange) expect(all(others)).not.toEqual(all({}));
  else expect(all(others)).toEqual(all({}));
});

test.each(["", "not base64!", "AAAA.BBBB"])(
  "rows that this format can't read, %j, are a change and no error",
  (text) => {
    const { packedMembers } = encodeState(statusOf([row()]), lookedUpAt);
    expect(typeof packedMembers).toBe("string");
    expect(comparable("packedMembers", text)).not.toEqual(comparable("packedMembers", packedMembers));
  },
);

test("stuck and unexpected rows, and why, come back; the state names them once", () => {
  const members = [
    row({ status: "CREATE_IN_PROGRESS", lastUpdateTime: "2026-01-01T00:00:00.000Z", accountName: 'The "A" team' }),
    row({ accountId: account(2), status: "UPDATE_IN_PROGRESS", lastUpdateTime: "9999-01-01T00:00:00.000Z" }),
    row({ accountId: account(3), region: "eu-west-1" }),
    row({ accountId: account(5) }),
  ];
  const status = statusOf(members, [1, 2, 4, 5].map(account));
  const state = encodeState(status, lookedUpAt);
  expect(state.stuckGroups).toMatchObject([{ accountIds: { "us-east-1": [account(1)] } }]);
  expect(state.inProgressGroups).toMatchObject([{ accountIds: { "us-east-1": [account(2)] } }]);
  expect(state.unexpectedGroups).toEqual([
    { cause: "notInOrganization", accountIds: { "eu-west-1": [account(3)] } },
    { cause: "notActive", accountIds: { "us-east-1": [account(5)] } },
  ]);
  const back = roundTrip(status);
  expect(back.stuck).toEqual([members[0]]);
  expect(back.inProgress).toEqual([members[0], members[1]]);
  expect(back.unexpected).toEqual([
    { ...members[2], cause: "notInOrganization" },
    { ...members[3], cause: "notActive" },
  ]);
});

test("rows with an unknown status or an error are in plain groups, and all other rows are packed", () => {
  const [unknown, remark, healthy] = [
    row({ status: "CREATE_ODD" }),
    row({ accountId: account(2), errorCode: "X" }),
    row({ accountId: account(3) }),
  ];
  const state = encodeState(statusOf([unknown, remark, healthy]), lookedUpAt);
  expect(state.otherGroups.map(({ accountIds, status }) => [status, accountIds["us-east-1"]])).toEqual([
    ["CREATE_ODD", [account(1)]],
    ["CREATE_SUCCESSFUL", [account(2)]],
  ]);
  expect(unpackMembers(state.packedMembers)).toEqual([healthy]);
  expect(Object.keys(state.decision)).toEqual(["verdict", "reasons", "tolerated", "warnings"]);
});

test("the time of a lookup, of an aggregate and the id of a request are no change, an aggregate's status is", () => {
  expect([comparable("lookedUpAt", "x"), comparable("packageVersion", "x")]).toEqual([undefined, undefined]);
  const region = { region: "us-east-1", aggregate: { status: "A", lastUpdateTime: "1" }, requestId: "1" };
  const same = { ...region, aggregate: { status: "A", lastUpdateTime: "2" }, requestId: "2" };
  expect(comparable("regionStatuses", [same])).toEqual(comparable("regionStatuses", [region]));
  const other = { ...region, aggregate: { status: "B", lastUpdateTime: "1" } };
  expect(comparable("regionStatuses", [other])).not.toEqual(comparable("regionStatuses", [region]));
  expect(comparable("regionStatuses", [{ region: "a" }])).toEqual([{ region: "a" }]);
  const group = { status: "X", since: "1", times: "0" };
  for (const key of ["failedGroups", "inProgressGroups", "stuckGroups", "otherGroups"]) {
    expect(comparable(key, [group])).toEqual([{ status: "X" }]);
  }
});
