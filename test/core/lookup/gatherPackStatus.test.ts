import type { EmulatedMember, Emulator } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import { streamMemberStatuses } from "../../../core/lookup/streamMemberStatuses";
import type { AwsSettings } from "../../../core/aws/settings";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { account } from "../../builders/members";

function gather({ endpoint }: Emulator, args: Partial<PackStatusArgs> = {}): Promise<PackStatus> {
  return gatherPackStatus({ name: "baseline", maxAttempts: 1, ...args }, { settings: settingsFor(endpoint) });
}

function emulateMembers(...members: readonly EmulatedMember[]): Promise<Emulator> {
  return emulate({ packs: [{ name: "baseline", members }] });
}

const healthy = (number: number, others: Partial<EmulatedMember> = {}): EmulatedMember => ({
  accountId: account(number),
  status: "CREATE_SUCCESSFUL",
  ...others,
});

/** What was asked for rows. */
const inputsOf = ({ requests }: Emulator) =>
  requests
    .filter(({ operation }) => operation === "GetOrganizationConformancePackDetailedStatus")
    .map(({ input }) => input);
const idsOf = ({ members }: PackStatus) => members.map(({ accountId }) => accountId);

test.each([
  [undefined, 4],
  [100, 4],
  [7, 37],
  [1, 251],
])("gathers all of 250 members with pageSize %p in %d calls, and judges them", async (pageSize, calls) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250, failing: 3, inProgress: 1 }] });
  const status = await gather(emulator, pageSize === undefined ? {} : { pageSize });
  expect(status).toMatchObject({
    name: "baseline",
    regions: ["us-east-1"],
    verdict: "FAILED",
    reasons: [
      { code: "membersFailed", message: "3 of 250 accounts failed." },
      { code: "membersInProgress", message: "1 of 250 accounts is in progress." },
    ],
    counts: { total: 250, successful: 246, failed: 3, inProgress: 1, deleted: 0, unrecognized: 0 },
  });
  expect(new Set(idsOf(status)).size).toBe(250);
  expect(status.failed.map(({ errorCode }) => typeof errorCode)).toEqual(["string", "string", "string"]);
  expect(emulator.requests).toHaveLength(calls);
});

test.each<[what: string, region: string | undefined, says: string]>([
  ["none is set", undefined, "No region is set: pass regions, or set aws:region or AWS_REGION."],
  [
    "it is none",
    "nowhere",
    '"nowhere" is not a region, such as "us-east-1". It comes from aws:region, AWS_REGION, AWS_DEFAULT_REGION or the profile.',
  ],
])(
  "without regions, where %s, the error names the source of the region, and nothing is requested",
  async (_what, region, says) => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    const settings: { -readonly [K in keyof AwsSettings]: AwsSettings[K] } = settingsFor(emulator.endpoint);
    if (region === undefined) delete settings.region;
    else settings.region = region;
    for (const run of [
      () => gatherPackStatus({ name: "baseline" }, { settings }),
      () => streamMemberStatuses({ name: "baseline" }, { settings }).next(),
    ]) {
      const error = await rejectionOf(run());
      expect(error).toMatchObject({ name: "InvalidArgumentsError", packName: "baseline" });
      expect(error).toMatchObject({ problems: [{ property: "regions", reason: says }] });
    }
    expect(emulator.requests).toEqual([]);
  },
);

test("rows are sorted by account, then region", async () => {
  const emulator = await emulate({
    packs: [
      { name: "baseline", members: [healthy(3), healthy(1), healthy(2)] },
      { name: "baseline", region: "eu-west-1", members: [healthy(2), healthy(3)] },
    ],
  });
  const { members, regions } = await gather(emulator, { regions: ["us-east-1", "eu-west-1"], pageSize: 1 });
  expect(members.map(({ accountId, region }) => `${String(Number(accountId))} ${region}`)).toEqual([
    "1 us-east-1",
    "2 eu-west-1",
    "2 us-east-1",
    "3 eu-west-1",
    "3 us-east-1",
  ]);
  expect(regions).toEqual(["us-east-1", "eu-west-1"]);
});

const earlier = new Date("2026-01-01T00:00:00Z");
const later = new Date("2026-01-01T00:00:01Z");

test.each<[what: string, twice: Partial<EmulatedMember>[], verdict: string, said: string[]]>([
  ["the same row", [{ lastUpdateTime: later }, { lastUpdateTime: later }], "PASSED", []],
  [
    "an older failure",
    [{ status: "CREATE_FAILED", lastUpdateTime: earlier }, { lastUpdateTime: later }],
    "PASSED",
    [`${account(1)} (CREATE_SUCCESSFUL, not CREATE_FAILED)`],
  ],
  [
    "a newer failure",
    [{ status: "CREATE_FAILED", lastUpdateTime: later }, { lastUpdateTime: earlier }],
    "FAILED",
    [`${account(1)} (CREATE_FAILED, not CREATE_SUCCESSFUL)`],
  ],
  [
    "a failure of the same time",
    [{ lastUpdateTime: later }, { status: "CREATE_FAILED", lastUpdateTime: later }],
    "FAILED",
    [`${account(1)} (CREATE_FAILED, not CREATE_SUCCESSFUL)`],
  ],
])("an account on two pages with %s is one row", async (_what, [first, second], verdict, said) => {
  const emulator = await emulateMembers(healthy(1, first), healthy(2), healthy(1, second));
  // Its own would count both rows.
  const status = await gather(emulator, { pageSize: 1, aggregate: false });
  expect(idsOf(status)).toEqual([account(1), account(2)]);
  expect(status.verdict).toBe(verdict);
  const remarks = status.reasons.filter((reason) => reason.verdict === "PASSED");
  expect(remarks).toEqual(
    said.map((text) => ({
      verdict: "PASSED",
      code: "rowsChanged",
      message: expect.stringContaining(text) as string,
    })),
  );
});

describe("an account whose rows have different pack names, the older one failed", () => {
  const former = { conformancePackName: "OrgConformsPack-old", lastUpdateTime: earlier };
  const twice = (status: string) =>
    emulateMembers(healthy(2), healthy(1, { ...former, status }), healthy(1, { lastUpdateTime: later }));

  test.each<Partial<PackStatusArgs>>([
    { pageSize: 1 },
    { pageSize: 100 },
    { accountIds: [account(1)] },
    { detail: "unsuccessful" },
    { statuses: ["CREATE_SUCCESSFUL", "CREATE_FAILED"] },
    { statuses: ["CREATE_FAILED", "CREATE_SUCCESSFUL"] },
  ])("has failed when it is read with %j", async (args) => {
    const emulator = await twice("CREATE_FAILED");
    const status = await gather(emulator, { ...args, ...(args.detail ? {} : { aggregate: false }) });
    expect(status.verdict).toBe("FAILED");
    expect(status.failed).toMatchObject([{ accountId: account(1), conformancePackName: "OrgConformsPack-old" }]);
    expect(new Set(idsOf(status)).size).toBe(status.members.length);
    // Without the successful rows there is nothing that differs.
    expect(status.reasons.map(({ code }) => code).includes("packNamesDiffer")).toBe(args.detail === undefined);
  });

  test("is a healthy member when the other row is that of a former pack", async () => {
    const status = await gather(await twice("DELETE_SUCCESSFUL"), { aggregate: false });
    expect(status).toMatchObject({ verdict: "PASSED", reasons: [], counts: { total: 2, successful: 2 } });
  });
});

test.each<[what: string, ahead: number, isStuck: boolean]>([
  ["within what two clocks may differ by", 240_000, false],
  ["an hour ahead", 3_600_000, true],
])("a row in progress since a time %s is stuck: %p", async (_what, ahead, isStuck) => {
  const lastUpdateTime = new Date(Date.now() + ahead);
  const emulator = await emulateMembers(healthy(1, { status: "CREATE_IN_PROGRESS", lastUpdateTime }), healthy(2));
  const status = await gather(emulator, { stuckAfterMinutes: 30 });
  expect(status.stuck.map(({ accountId }) => accountId)).toEqual(isStuck ? [account(1)] : []);
});

test("a time in the future makes no row the newer one", async () => {
  const ahead = { lastUpdateTime: new Date(Date.now() + 3_600_000) };
  const emulator = await emulateMembers(
    healthy(1, ahead),
    healthy(1, { status: "CREATE_FAILED", lastUpdateTime: later }),
  );
  expect(await gather(emulator, { aggregate: false })).toMatchObject({ verdict: "FAILED", counts: { total: 1 } });

  // The pack is being updated, and what looks done may be from before.
  await emulator.stop();
  const updating = await emulate({
    packs: [
      {
        name: "baseline",
        aggregate: "UPDATE_IN_PROGRESS",
        members: [healthy(1, ahead), healthy(2, { status: "UPDATE_IN_PROGRESS" })],
      },
    ],
  });
  const { reasons } = await gather(updating);
  expect(reasons.map(({ code }) => code)).toContain("membersOutdated");
});

test("rows from before a restart do not count", async () => {
  const emulator = await emulateMembers(healthy(1), healthy(2), healthy(3));
  emulator.injectFault({ kind: "unknownStatus", times: 1 });
  emulator.injectFault({ kind: "invalidNextToken", after: 1, times: 1 });
  const status = await gather(emulator, { pageSize: 2 });
  expect(status).toMatchObject({ verdict: "PASSED", reasons: [], counts: { total: 3 } });
});

test("one account is filtered by AWS", async () => {
  const emulator = await emulateMembers(healthy(1), healthy(2));
  const status = await gather(emulator, { accountIds: [account(2)] });
  expect(inputsOf(emulator)).toMatchObject([{ Filters: { AccountId: account(2) } }]);
  expect(idsOf(status)).toEqual([account(2)]);
  expect(status.verdict).toBe("PASSED");
  expect(status.reasons[0]?.message).toMatch(/\b1 account\b.*accountIds/);
});

test("several accounts are picked here, from all pages", async () => {
  const emulator = await emulateMembers(healthy(1, { status: "CREATE_FAILED" }), healthy(2), healthy(3));
  const status = await gather(emulator, { accountIds: [account(3), account(2)], pageSize: 1 });
  expect(inputsOf(emulator).map(({ Filters }) => Filters)).toEqual([undefined, undefined, undefined]);
  expect(idsOf(status)).toEqual([account(2), account(3)]);
  expect(status).toMatchObject({ verdict: "PASSED", unexpected: [] });
});

test.each([[[account(9)]], [[account(1), account(9)]]])(
  "of %j an account without a row is missing",
  async (accountIds) => {
    const status = await gather(await emulateMembers(healthy(1)), { accountIds });
    expect(status.verdict).toBe("INCOMPLETE");
    expect(status.missing).toEqual([{ accountId: account(9), region: "us-east-1", cause: "noRow" }]);
  },
);

test("one status is filtered by AWS, and several are read one by one", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 30, failing: 2, inProgress: 4 }] });
  const one = await gather(emulator, { statuses: ["CREATE_FAILED"] });
  expect(inputsOf(emulator)).toMatchObject([{ Filters: { Status: "CREATE_FAILED" } }]);
  expect(one).toMatchObject({ verdict: "FAILED", counts: { total: 2 } });

  const several = await gather(emulator, { statuses: ["CREATE_FAILED", "CREATE_IN_PROGRESS"], pageSize: 3 });
  const asked = inputsOf(emulator).slice(1);
  expect(asked.map(({ Filters }) => (Filters as { Status: string }).Status).sort()).toEqual([
    "CREATE_FAILED",
    "CREATE_IN_PROGRESS",
    "CREATE_IN_PROGRESS",
  ]);
  expect(several).toMatchObject({ verdict: "FAILED", counts: { total: 6, failed: 2, inProgress: 4 } });
  expect(idsOf(several)).toEqual(idsOf(several).toSorted());
});

test.each<[statuses: PackStatusArgs["statuses"] & object]>([
  [["CREATE_SUCCESSFUL"]],
  [["CREATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"]],
  [["CREATE_FAILED"]],
])("healthy rows that are filtered by %j do not pass", async (statuses) => {
  const status = await gather(await emulateMembers(healthy(1)), { statuses });
  expect(status.verdict).toBe("INCOMPLETE");
  expect(status.reasons[0]?.message).toContain(statuses.join(" or "));
});

test("an account that changes its status between two readings is one row", async () => {
  const emulator = await emulateMembers(
    healthy(1, { status: "CREATE_IN_PROGRESS", lastUpdateTime: earlier }),
    healthy(1, { status: "CREATE_FAILED", lastUpdateTime: later }),
  );
  const status = await gather(emulator, { statuses: ["CREATE_IN_PROGRESS", "CREATE_FAILED"] });
  expect(status).toMatchObject({ counts: { total: 1, failed: 1, inProgress: 0 } });
});

test("missing and unexpected accounts are named where accounts are expected", async () => {
  const emulator = await emulateMembers(healthy(1), healthy(2, { status: "DELETE_SUCCESSFUL" }), healthy(3));
  const status = await gather(emulator, { expectedAccounts: [account(1), account(2), account(4)] });
  expect(status).toMatchObject({
    verdict: "INCOMPLETE",
    missing: [
      { accountId: account(2), cause: "deleted" },
      { accountId: account(4), cause: "noRow" },
    ],
    unexpected: [{ accountId: account(3) }],
  });
});

test("a region that does not answer is named, and forbids a pass", async () => {
  const emulator = await emulate({
    packs: ["us-east-1", "eu-west-1"].map((region) => ({ name: "baseline", region, members: [healthy(1)] })),
  });
  emulator.injectFault({ kind: "accessDenied", region: "eu-west-1" });
  const args = { regions: ["us-east-1", "eu-west-1", "eu-west-2"], expectedAccounts: [account(1)] };
  const status = await gather(emulator, args);
  expect(status).toMatchObject({ verdict: "INCOMPLETE", regions: args.regions, missing: [], counts: { total: 1 } });
  expect(status.reasons).toEqual([
    {
      verdict: "INCOMPLETE",
      code: "regionUnanswered",
      region: "eu-west-1",
      message: expect.stringMatching(/^Access denied by AWS Config: .*"baseline" in eu-west-1\.$/) as string,
    },
    {
      verdict: "INCOMPLETE",
      code: "noSuchPack",
      region: "eu-west-2",
      message: expect.stringMatching(/^No organization .* in eu-west-2\.$/) as string,
    },
  ]);
  // No request id and no time in it: twice the same is no change.
  expect((await gather(emulator, args)).reasons).toEqual(status.reasons);
});

test("a failure elsewhere still wins over a region that does not answer", async () => {
  const emulator = await emulateMembers(healthy(1, { status: "CREATE_FAILED" }));
  const status = await gather(emulator, { regions: ["us-east-1", "eu-west-1"] });
  expect(status).toMatchObject({ verdict: "FAILED", reasons: [{ verdict: "FAILED" }, { verdict: "INCOMPLETE" }] });
});

test("more regions than the 20 that are read at a time are all read", async () => {
  const regions = Array.from({ length: 23 }, (_, index) => `us-east-${String(index + 1)}`);
  const emulator = await emulate({ packs: regions.map((region) => ({ name: "baseline", region, members: 2 })) });
  expect(await gather(emulator, { regions })).toMatchObject({ verdict: "PASSED", counts: { total: 46 } });
});

test("when no region answers, the first one's error is thrown", async () => {
  const emulator = await emulate();
  const error = await rejectionOf(gather(emulator, { regions: ["eu-west-2", "eu-west-1"] }));
  expect(error).toMatchObject({ name: "NoSuchOrganizationConformancePackError", region: "eu-west-2" });
});

test.each<[args: unknown, property: string]>([
  [undefined, "args"],
  [null, "args"],
  [{}, "name"],
  [{ name: "no_underscore" }, "name"],
  [{ name: "baseline", statuses: ["FAILED"] }, "statuses[0]"],
  [{ name: "baseline", limit: 3 }, "limit"],
])("nothing is sent for the bad arguments %j", async (args, property) => {
  const emulator = await emulateMembers(healthy(1));
  const error = await rejectionOf(gatherPackStatus(args as never, { settings: settingsFor(emulator.endpoint) }));
  expect(error).toMatchObject({ name: "InvalidArgumentsError", problems: [{ property }] });
  expect(emulator.requests).toEqual([]);
});
