import { AwsFault } from "../../../emulator/awsFault";
import type { EmulatedPack, Emulator, FaultKind } from "../../../emulator";
import type { GatherOptions } from "../../../core/lookup/gatherOptions";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import { report } from "../../../core/gate/report";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { silent } from "../../builders/exceptions";
import { account } from "../../builders/members";

const rowsOperation = "GetOrganizationConformancePackDetailedStatus";
const aggregateOperation = "DescribeOrganizationConformancePackStatuses";

function gather(
  { endpoint }: Emulator,
  args: Partial<PackStatusArgs> = {},
  options: Partial<GatherOptions> = {},
): Promise<PackStatus> {
  return gatherPackStatus(
    { name: "baseline", maxAttempts: 1, ...args },
    { settings: settingsFor(endpoint), ...options },
  );
}

function emulateIn(regions: readonly string[], others: Partial<EmulatedPack> = {}): Promise<Emulator> {
  return emulate({
    packs: regions.map((region) => ({ name: "baseline", region, members: 2, ...others }) as EmulatedPack),
  });
}

const regionsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `us-east-${String(index + 1)}`);

describe("the aggregate", () => {
  test("is asked for after the last page of rows", async () => {
    const emulator = await emulateIn(["us-east-1"]);
    const status = await gather(emulator, { pageSize: 1 });
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([
      rowsOperation,
      rowsOperation,
      aggregateOperation,
    ]);
    expect(emulator.requests.at(-1)?.input).toEqual({ OrganizationConformancePackNames: ["baseline"] });
    expect(status.regionStatuses).toMatchObject([{ region: "us-east-1", aggregate: { status: "CREATE_SUCCESSFUL" } }]);
  });

  test("is not asked for where it is not wanted, and then not judged", async () => {
    const emulator = await emulateIn(["us-east-1"], { aggregate: "CREATE_FAILED" });
    const status = await gather(emulator, { aggregate: false });
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([rowsOperation]);
    expect(status.verdict).toBe("PASSED");
    expect(status.regionStatuses[0]).not.toHaveProperty("aggregate");
    expect((await gather(emulator)).verdict).toBe("FAILED");
  });

  test("is kept with all that AWS reports, sanitized", async () => {
    const lastUpdateTime = new Date("2026-01-02T03:04:05.678Z");
    const members = [
      { accountId: account(1), status: "CREATE_FAILED", errorCode: "X", errorMessage: "why\n::error::x" },
    ];
    const status = await gather(await emulateIn(["us-east-1"], { members, lastUpdateTime }));
    expect(status.regionStatuses[0]?.aggregate).toEqual({
      status: "CREATE_FAILED",
      errorCode: "X",
      errorMessage: "why : :error::x",
      lastUpdateTime: lastUpdateTime.toISOString(),
    });
  });

  test.each([
    ["CREATE_SUCCESSFUL", "PASSED"],
    ["UPDATE_IN_PROGRESS", "IN_PROGRESS"],
    ["UPDATE_FAILED", "FAILED"],
    ["DELETE_SUCCESSFUL", "INCOMPLETE"],
    ["SOMETHING_NEW", "INCOMPLETE"],
  ])("that is %s over healthy rows makes it %s", async (aggregate, verdict) => {
    const emulator = await emulateIn(["us-east-1"]);
    emulator.setAggregate("baseline", aggregate);
    expect(await gather(emulator)).toMatchObject({ verdict, counts: { total: 2, successful: 2 } });
  });

  test.each([["htmlBody"], ["throttling"], ["expiredToken"]] as const)(
    "that cannot be read for %s is an error, not a pass",
    async (kind) => {
      const emulator = await emulateIn(["us-east-1"]);
      emulator.injectFault({ kind, operation: aggregateOperation });
      expect(await rejectionOf(gather(emulator))).toMatchObject({ packName: "baseline", region: "us-east-1" });
    },
  );
});

describe("regions", () => {
  const seventeen = regionsUpTo(17);

  /** The regions of the requests, in the order in which they came. */
  const order = ({ requests }: Emulator) => requests.map(({ region }) => region);

  test("are all read at the same time: 17 first pages before any second one", async () => {
    const emulator = await emulateIn(seventeen);
    emulator.injectFault({ kind: "slowResponse", times: 17, delayMs: 1_000 });
    const status = await gather(emulator, { regions: seventeen, pageSize: 1 });
    expect(status).toMatchObject({ verdict: "PASSED", counts: { total: 34 } });
    expect(order(emulator).slice(0, 17).sort()).toEqual(seventeen.toSorted());
    expect(emulator.requests).toHaveLength(17 * 3);
  });

  test("are read one after the other, in their order, with maxConcurrentRegions 1", async () => {
    const emulator = await emulateIn(seventeen);
    await gather(emulator, { regions: seventeen, pageSize: 1, maxConcurrentRegions: 1 });
    expect(order(emulator)).toEqual(seventeen.flatMap((region) => [region, region, region]));
  });

  test.each([
    [2, 2],
    [5, 5],
    [50, 30],
    [undefined, 20],
  ])("with maxConcurrentRegions %p, of 30 at most %d are under way", async (maxConcurrentRegions, limit) => {
    const regions = regionsUpTo(30);
    const emulator = await emulateIn(regions);
    emulator.injectFault({ kind: "slowResponse", times: limit, delayMs: 300 });
    const status = await gather(emulator, { regions, ...(maxConcurrentRegions && { maxConcurrentRegions }) });
    expect(status.counts.total).toBe(60);
    const underWay = new Set<string>();
    let most = 0;
    for (const { operation, region } of emulator.requests) {
      underWay.add(region);
      most = Math.max(most, underWay.size);
      // A region's last request; another region can only begin after it.
      if (operation === aggregateOperation) underWay.delete(region);
    }
    expect(most).toBe(limit);
  });

  test("are counted each and in all, with the region in every row", async () => {
    const emulator = await emulate({
      packs: [
        { name: "baseline", members: 5, failing: 1 },
        { name: "baseline", region: "eu-west-1", members: 3, inProgress: 2 },
      ],
    });
    const status = await gather(emulator, { regions: ["eu-west-1", "us-east-1"] });
    expect(status).toMatchObject({
      verdict: "FAILED",
      counts: { total: 8, successful: 5, failed: 1, inProgress: 2 },
      regionStatuses: [
        { region: "eu-west-1", counts: { total: 3, inProgress: 2 }, aggregate: { status: "CREATE_IN_PROGRESS" } },
        { region: "us-east-1", counts: { total: 5, failed: 1 }, aggregate: { status: "CREATE_FAILED" } },
      ],
    });
    expect(status.members.filter(({ region }) => region === "eu-west-1")).toHaveLength(3);
    expect(status.failed.map(({ region }) => region)).toEqual(["us-east-1"]);
  });

  const three = ["us-east-1", "eu-west-1", "eu-west-2"];

  test.each([
    [rowsOperation, "accessDenied", /^Access denied by AWS Config: .*"baseline" in eu-west-1\.$/],
    [
      aggregateOperation,
      "accessDenied",
      /^Access denied by AWS Config: config:DescribeOrganizationConformancePackStatuses, /,
    ],
    [rowsOperation, "throttling", /throttled .*"baseline" in eu-west-1/],
    [aggregateOperation, "htmlBody", /invalid response for pack "baseline" in eu-west-1/],
  ] as const)(
    "of which one of three answers %s with %s: it is named, and nothing passes",
    async (operation, kind, says) => {
      const emulator = await emulateIn(three);
      emulator.injectFault({ kind, operation, region: "eu-west-1" });
      const status = await gather(emulator, { regions: three });
      expect(status).toMatchObject({ verdict: "INCOMPLETE", regions: three, counts: { total: 4, successful: 4 } });
      expect(status.reasons).toEqual([
        {
          verdict: "INCOMPLETE",
          code: "regionUnanswered",
          region: "eu-west-1",
          message: expect.stringMatching(says) as string,
        },
      ]);
      expect(status.regionStatuses.map(({ region, error }) => [region, error])).toEqual([
        ["us-east-1", undefined],
        ["eu-west-1", expect.stringContaining(`${status.reasons[0]?.message ?? "?"} `) as string],
        ["eu-west-2", undefined],
      ]);
      // AWS's words, and its request id, where it was AWS that answered.
      expect(status.regionStatuses[1]?.error).toMatch(/ (\w+Exception|SyntaxError): ./);
      if (kind !== "htmlBody") expect(status.regionStatuses[1]?.requestId).toMatch(/^[\w-]{36}$/);
      expect(report(status, ["INCOMPLETE"])).toContain(status.regionStatuses[1]?.requestId ?? "eu-west-1");
      expect(status.regionStatuses[1]?.counts.total).toBe(0);
    },
  );

  test("of which one refuses credentials that the others accept get the advice to enable it", async () => {
    const emulator = await emulate({
      packs: three.map((region) => ({ name: "baseline", region, members: 2 })),
      onRequest: ({ region }) => {
        if (region === "eu-west-1") throw new AwsFault("UnrecognizedClientException", "The security token is invalid.");
      },
    });
    const { regionStatuses } = await gather(emulator, { regions: three });
    expect(regionStatuses[1]).toMatchObject({
      region: "eu-west-1",
      error: expect.stringMatching(/UnrecognizedClientException: The security token is invalid\.$/) as string,
      nextStep: expect.stringMatching(
        /^The same credentials are accepted in us-east-1, eu-west-2: check that eu-west-1 is enabled/,
      ) as string,
    });
  });

  test("of which one fails throw that where every region is asked for", async () => {
    const emulator = await emulateIn(three);
    emulator.injectFault({ kind: "expiredToken", region: "eu-west-1" });
    const error = await rejectionOf(gather(emulator, { regions: three }, { requireEveryRegion: true }));
    expect(error).toMatchObject({ name: "CredentialsError", region: "eu-west-1" });
  });

  test("of which several fail for different causes are reported with all causes", async () => {
    const emulator = await emulateIn(three);
    emulator.injectFault({ kind: "throttling", region: "us-east-1" });
    emulator.injectFault({ kind: "accessDenied", region: "eu-west-1" });
    emulator.injectFault({ kind: "accessDenied", region: "eu-west-2" });
    const error = await rejectionOf(gather(emulator, { regions: three }));
    expect(error.name).toBe("ThrottledError");
    const [also] = error.message.split("\n").slice(-2);
    const id = String.raw` \(AWS request id [\w-]{36}\)`;
    expect(also).toMatch(
      new RegExp(
        `^Also in eu-west-1${id}, eu-west-2${id}: Access denied by AWS Config: .*AccessDeniedException: User: `,
      ),
    );
    expect(error.message.match(/Also in/g)).toHaveLength(1);
  });

  test("that fail without an answer are reported without request ids", async () => {
    const emulator = await emulateIn(three);
    emulator.injectFault({ kind: "resetConnection" });
    const error = await rejectionOf(gather(emulator, { regions: three }));
    expect(error.message).toContain("\nAlso in eu-west-1, eu-west-2: the same.\n");
  });

  test("that all fail for one cause are reported with each request id, and the cause once", async () => {
    const emulator = await emulateIn(three);
    emulator.injectFault({ kind: "expiredToken" });
    const error = await rejectionOf(gather(emulator, { regions: three }));
    expect(error.message).toMatch(
      /\nAlso in eu-west-1 \(AWS request id \S+\), eu-west-2 \(AWS request id \S+\): the same\.\nNext: /,
    );
    expect(error.message.match(/ExpiredTokenException/g)).toHaveLength(1);
  });

  test.each<[known: string[], denied: string | undefined, requireEveryRegion: boolean, outcome: string]>([
    [[], undefined, false, "noSuchPack noSuchPack"],
    [[], undefined, true, "noSuchPack noSuchPack"],
    [["us-east-1"], undefined, true, "noSuchPack"],
    [["us-east-1"], "us-east-1", true, "AccessDeniedError"],
    [["us-east-1"], "us-east-1", false, "AccessDeniedError"],
    [["us-east-1", "eu-west-1"], "eu-west-1", false, "regionUnanswered"],
  ])(
    "with noSuchPackIsReason, the pack in %j, %p denied and requireEveryRegion %p, the outcome is %s",
    async (known, denied, requireEveryRegion, outcome) => {
      const emulator = await emulateIn(known);
      if (denied !== undefined)
        emulator.injectFault({ kind: "accessDenied", region: denied, operation: rowsOperation });
      const args = { regions: ["us-east-1", "eu-west-1"] };
      const options = { noSuchPackIsReason: true, requireEveryRegion };
      const text = await gather(emulator, args, options).then(
        (status) => {
          expect(status.verdict).toBe("INCOMPLETE");
          return status.reasons.map(({ code }) => code).join(" ");
        },
        (error: unknown) => (error as Error).name,
      );
      expect(text).toBe(outcome);
    },
  );

  test.each<[what: string, faults: readonly (readonly [kind: FaultKind, region: string])[], outcome: string]>([
    ["one is dead", [["serverError", "eu-west-1"]], "regionUnanswered"],
    [
      "both are dead",
      [
        ["resetConnection", "us-east-1"],
        ["throttling", "eu-west-1"],
      ],
      "regionUnanswered regionUnanswered",
    ],
    [
      "one is dead and one refuses",
      [
        ["serverError", "us-east-1"],
        ["accessDenied", "eu-west-1"],
      ],
      "AccessDeniedError",
    ],
    [
      "both refuse",
      [
        ["expiredToken", "us-east-1"],
        ["accessDenied", "eu-west-1"],
      ],
      "CredentialsError",
    ],
  ])("break glass, where %s: a reason or an error", async (_what, faults, outcome) => {
    const emulator = await emulateIn(["us-east-1", "eu-west-1"]);
    for (const [kind, region] of faults) emulator.injectFault({ kind, region });
    for (const requireEveryRegion of [false, true]) {
      const options = { tolerate: silent(4), requireEveryRegion };
      const text = await gather(emulator, { regions: ["us-east-1", "eu-west-1"] }, options).then(
        (status) => {
          expect(status.verdict).toBe("INCOMPLETE");
          for (const { error, isOutage } of status.regionStatuses) expect(isOutage ?? false).toBe(error !== undefined);
          return status.reasons.map(({ code }) => code).join(" ");
        },
        (error: unknown) => (error as Error).name,
      );
      expect(text).toBe(outcome);
    }
  });

  test("an unknown pack beside a dead region stays an error under break glass alone", async () => {
    const emulator = await emulateIn([]);
    emulator.injectFault({ kind: "serverError", region: "us-east-1" });
    const gathering = gather(emulator, { regions: ["us-east-1", "eu-west-1"] }, { tolerate: silent(4) });
    expect((await rejectionOf(gathering)).name).toBe("NoSuchOrganizationConformancePackError");
  });

  test("without break glass, a pack without any answer is an error", async () => {
    const emulator = await emulateIn(three);
    emulator.injectFault({ kind: "serverError" });
    expect((await rejectionOf(gather(emulator, { regions: three }))).name).toBe("ServiceError");
  });

  test("without an exception, a pack that no region knows is an error", async () => {
    const error = await rejectionOf(gather(await emulateIn([]), { regions: three }));
    expect(error.name).toBe("NoSuchOrganizationConformancePackError");
  });
});

test("stuckAfterMinutes is measured from now", async () => {
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const members = [
    { accountId: account(1), status: "CREATE_IN_PROGRESS", lastUpdateTime: minutesAgo(61) },
    { accountId: account(2), status: "CREATE_IN_PROGRESS", lastUpdateTime: minutesAgo(50) },
  ];
  const emulator = await emulateIn(["us-east-1"], { members });
  const status = await gather(emulator, { stuckAfterMinutes: 60 });
  expect(status.stuck.map(({ accountId }) => accountId)).toEqual([account(1)]);
  expect(status.reasons.map(({ code }) => code)).toContain("membersStuck");
});

test("the role of the arguments is assumed after those of the settings, and asks everything", async () => {
  const emulator = await emulate({
    packs: [{ name: "baseline", members: 1 }],
    organization: { accounts: [{ id: "200000000000" }], delegatedAdministrators: ["222222222222", "333333333333"] },
  });
  const settings = settingsFor(emulator.endpoint, {
    assumeRoles: [{ roleArn: "arn:aws:iam::222222222222:role/first" }],
  });
  const assumeRole = {
    roleArn: "arn:aws:iam::333333333333:role/second",
    externalId: "x-1",
    sessionName: "gate",
    durationSeconds: 900,
  };
  const args = { name: "baseline", expectedAccounts: "organization", assumeRole } as const;
  expect((await gatherPackStatus(args, { settings })).verdict).toBe("PASSED");
  const assumed = emulator.requests.filter(({ operation }) => operation === "AssumeRole");
  // Each client assumes both for itself.
  expect(new Set(assumed.map(({ input, principal }) => `${principal} assumes ${String(input.RoleArn)}`))).toEqual(
    new Set([
      "arn:aws:iam::111111111111:user/emulated-caller assumes arn:aws:iam::222222222222:role/first",
      "arn:aws:sts::222222222222:assumed-role/first/pulumi-org-conformance assumes arn:aws:iam::333333333333:role/second",
    ]),
  );
  expect(assumed.at(-1)).toMatchObject({
    principal: "arn:aws:sts::222222222222:assumed-role/first/pulumi-org-conformance",
    input: { RoleArn: assumeRole.roleArn, RoleSessionName: "gate", ExternalId: "x-1", DurationSeconds: "900" },
  });
  const others = emulator.requests.filter(({ operation }) => operation !== "AssumeRole");
  expect(new Set(others.map(({ operation }) => operation))).toEqual(
    new Set([rowsOperation, aggregateOperation, "DescribeOrganizationConformancePacks", "ListAccounts"]),
  );
  expect(new Set(others.map(({ principal }) => principal))).toEqual(
    new Set(["arn:aws:sts::333333333333:assumed-role/second/gate"]),
  );
});
