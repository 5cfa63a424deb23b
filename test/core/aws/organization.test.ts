import type { AwsSettings } from "../../../core/aws/settings";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type { EmulatedAccount, EmulatedMember, EmulatedPack, Emulator, Fault } from "../../../emulator";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import { readOrganization } from "../../../core/aws/organization";
import type { PackStatus } from "../../../core/status/packStatus";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import { between, type Reply } from "../../robustness/wire";
import "./awsEnvironment";
import { emulate, failureErrorOf, lookupErrorOf, rejectionOf, settingsFor } from "./emulate";
import { account } from "../../builders/members";
import "./nodeErrors";

const management = "111111111111";
/** With the management account three pages, of 20 accounts each. */
const ordinary = Array.from({ length: 44 }, (_, index) => account(index + 1));
/** An account on the last page. */
const special = account(99);

const accounts: readonly EmulatedAccount[] = [
  { id: management, name: "Payer" },
  ...ordinary.map((id) => ({ id, name: `Team ${String(Number(id))}` })),
];

const rowsOf = (ids: readonly string[]): EmulatedMember[] =>
  ids.map((accountId) => ({ accountId, status: "CREATE_SUCCESSFUL" }));

interface Given {
  readonly others?: readonly EmulatedAccount[];
  readonly packs?: readonly Partial<EmulatedPack>[];
}

/** By default, one pack with a healthy row of every ordinary account. */
function emulateOrganization({ others = [], packs = [{}] }: Given = {}): Promise<Emulator> {
  return emulate({
    organization: { accounts: [...accounts, ...others] },
    packs: packs.map((pack) => ({ name: "baseline", members: rowsOf(ordinary), ...pack }) as EmulatedPack),
  });
}

const identities = new WeakMap<Pick<Emulator, "endpoint">, AwsSettings>();

/** The same settings for each lookup of a test, so that they share what the process has read. */
function identityFor(emulator: Pick<Emulator, "endpoint">): AwsSettings {
  const settings = identities.get(emulator) ?? settingsFor(emulator.endpoint, { retryMode: "standard" });
  identities.set(emulator, settings);
  return settings;
}

function gather(emulator: Pick<Emulator, "endpoint">, args: Partial<PackStatusArgs> = {}): Promise<PackStatus> {
  return gatherPackStatus(
    { name: "baseline", maxAttempts: 1, expectedAccounts: "organization", ...args },
    { settings: identityFor(emulator) },
  );
}

const times = ({ requests }: Emulator, operation: string) =>
  requests.filter((request) => request.operation === operation).length;

describe("what AWS Organizations lists", () => {
  const call = { packName: "baseline", region: "us-east-1" };
  const arn = (id: string, payer = management) => `arn:aws:organizations::${payer}:account/o-1/${id}`;
  const listed = (others: object = {}) => ({ Id: account(1), Arn: arn(account(1)), State: "ACTIVE", ...others });

  /** Reads pages that are answered one after the other. */
  async function read(...pages: readonly Reply[]) {
    const wire = await between(await emulate(), ({ index, operation }) =>
      operation === "ListAccounts" ? (pages[index] ?? pages.at(-1)) : undefined,
    );
    return readOrganization(settingsFor(wire.endpoint, { retryMode: "standard" }), { maxAttempts: 1 }, call);
  }
  const page = (accounts: readonly unknown[], NextToken?: string) => JSON.stringify({ Accounts: accounts, NextToken });

  test("has no key without a value", async () => {
    const { accounts, ...others } = await read(page([listed({ Name: 7 })]));
    expect([...accounts]).toStrictEqual([[account(1), { accountId: account(1), isActive: true }]]);
    expect(others).toStrictEqual({ managementAccountId: management });
  });

  test.each([undefined, "", `x${arn(account(1))}`, "arn:aws:iam::111111111111:account/x"])(
    "tells no management account by the ARN %p",
    async (Arn) => {
      expect(await read(page([listed({ Arn })]))).not.toHaveProperty("managementAccountId");
    },
  );

  test.each<[what: string, pages: readonly Reply[], says: string]>([
    ["no account", [page([])], "it lists no account"],
    ["no list", ["{}"], 'it has no list "Accounts"'],
    ["an id with more before it", [page([listed({ Id: `x${account(1)}` })])], "an account's Id is not 12 digits"],
    ["an id with more behind it", [page([listed({ Id: `${account(1)}x` })])], "an account's Id is not 12 digits"],
    ["nothing of an account", [page([null])], "an account's Id is not 12 digits"],
    ["no state", [page([listed({ State: undefined })])], "an account has neither State nor Status"],
    ["a token again", [page([listed()], "on")], "repeated a NextToken after 2 pages"],
  ])("%s is a bad answer", async (_what, pages, says) => {
    const error = await failureErrorOf(read(...pages));
    expect(error).toMatchObject(call);
    expect(error.message).toContain(says);
    expect(error.message).toContain("AWS Organizations");
  });

  test("the error names the action where AWS's refusal does not", async () => {
    expect(await failureErrorOf(read({ status: 403 }))).toMatchObject({
      action: "organizations:ListAccounts",
      ...call,
    });
  });
});

test("all active accounts of all pages are expected, and asked for once, whatever the regions", async () => {
  const regions = ["us-east-1", "eu-west-1", "eu-west-2"];
  const emulator = await emulateOrganization({ packs: regions.map((region) => ({ region })) });
  expect(await gather(emulator, { regions })).toMatchObject({ verdict: "PASSED", reasons: [], missing: [] });
  expect(times(emulator, "ListAccounts")).toBe(3);
  expect(times(emulator, "DescribeOrganizationConformancePacks")).toBe(3);
});

test("what only the organization needs is not asked for without it", async () => {
  const emulator = await emulateOrganization();
  await gather(emulator, { expectedAccounts: ordinary });
  expect(new Set(emulator.requests.map(({ operation }) => operation))).toEqual(
    new Set(["GetOrganizationConformancePackDetailedStatus", "DescribeOrganizationConformancePackStatuses"]),
  );
});

test.each<[standing: Omit<EmulatedAccount, "id">, isActive: boolean]>([
  [{}, true],
  [{ status: "ACTIVE" }, true],
  [{ status: "SUSPENDED" }, false],
  [{ status: "PENDING_CLOSURE" }, false],
  [{ state: "ACTIVE" }, true],
  [{ state: "SUSPENDED" }, false],
  [{ state: "CLOSED" }, false],
  [{ state: "PENDING_CLOSURE" }, false],
  [{ state: "PENDING_ACTIVATION" }, false],
  // A word that is not known is no reason not to miss it.
  [{ state: "FROZEN" }, true],
  // State is the word that counts where both are given.
  [{ state: "ACTIVE", status: "SUSPENDED" }, true],
  [{ state: "CLOSED", status: "ACTIVE" }, false],
])(
  "whether an account that is %j is missed without a row is %p; otherwise it is unexpected with one",
  async (standing, isActive) => {
    const others = [{ id: special, name: "Special", ...standing }];
    const without = await gather(await emulateOrganization({ others }));
    expect(without.missing).toEqual(
      isActive ? [{ accountId: special, accountName: "Special", region: "us-east-1", cause: "noRow" }] : [],
    );
    expect(without.verdict).toBe(isActive ? "INCOMPLETE" : "PASSED");

    const having = await gather(
      await emulateOrganization({ others, packs: [{ members: rowsOf([...ordinary, special]) }] }),
    );
    expect(having.unexpected).toMatchObject(
      isActive ? [] : [{ accountId: special, accountName: "Special", cause: "notActive" }],
    );
    expect(having).toMatchObject({ verdict: "PASSED", missing: [] });
  },
);

test("an account that has left the pack is missing, one that is not in the organization is unexpected", async () => {
  const [left = "", ...stayed] = ordinary;
  const members = [...rowsOf([...stayed, special]), { accountId: left, status: "DELETE_SUCCESSFUL" }];
  const status = await gather(await emulateOrganization({ packs: [{ members }] }));
  expect(status.missing).toEqual([{ accountId: left, accountName: "Team 1", region: "us-east-1", cause: "deleted" }]);
  expect(status.unexpected).toMatchObject([{ accountId: special, cause: "notInOrganization" }]);
  expect(status.unexpected[0]).not.toHaveProperty("accountName");
  expect(status.verdict).toBe("INCOMPLETE");
});

test("the rows, and all that is made of them, have the accounts' names", async () => {
  const hostile = 'Quote " and\nnewline 🎉 \ud800';
  const members = [...rowsOf(ordinary), { accountId: special, status: "CREATE_FAILED" }];
  const status = await gather(
    await emulateOrganization({ others: [{ id: special, name: hostile }], packs: [{ members }] }),
  );
  const accountName = 'Quote " and newline 🎉 \ufffd';
  expect(status.failed).toMatchObject([{ accountId: special, accountName }]);
  expect(status.members.map((member) => member.accountName)).toEqual([
    ...ordinary.map((id) => `Team ${String(Number(id))}`),
    accountName,
  ]);
});

const [first = "", second = "", ...rest] = ordinary;

test.each<{
  what: string;
  packs: Given["packs"];
  args: Partial<PackStatusArgs>;
  missing: string[];
  unexpected: string[];
}>([
  {
    what: "the pack's own, in its region only",
    packs: [
      { members: rowsOf([first, ...rest]), excludedAccounts: [second] },
      { region: "eu-west-1", members: rowsOf(rest), excludedAccounts: [first] },
    ],
    args: {},
    missing: ["2 eu-west-1"],
    unexpected: [],
  },
  {
    what: "the caller's, in every region",
    packs: [{ members: rowsOf([first, ...rest]) }, { region: "eu-west-1", members: rowsOf(rest) }],
    args: { excludedAccounts: [second] },
    missing: ["1 eu-west-1"],
    unexpected: [],
  },
  {
    what: "both together",
    packs: [
      { members: rowsOf(rest), excludedAccounts: [first] },
      { region: "eu-west-1", members: rowsOf(rest), excludedAccounts: [first, second] },
    ],
    args: { excludedAccounts: [second] },
    missing: [],
    unexpected: [],
  },
  {
    what: "with rows all the same",
    packs: [
      { members: rowsOf(ordinary), excludedAccounts: [second] },
      { region: "eu-west-1", members: rowsOf(ordinary) },
    ],
    args: { excludedAccounts: [first] },
    missing: [],
    unexpected: ["1 eu-west-1 excluded", "1 us-east-1 excluded", "2 us-east-1 excluded"],
  },
])("excluded accounts are not expected ($what)", async ({ packs, args, missing, unexpected }) => {
  const emulator = await emulateOrganization(packs ? { packs } : {});
  const status = await gather(emulator, { regions: ["us-east-1", "eu-west-1"], ...args });
  expect(status.missing.map(({ accountId, region }) => `${String(Number(accountId))} ${region}`)).toEqual(missing);
  expect(
    status.unexpected.map(({ accountId, cause, region }) => `${String(Number(accountId))} ${region} ${cause}`),
  ).toEqual(unexpected);
  expect(status.verdict).toBe(missing.length > 0 ? "INCOMPLETE" : "PASSED");
});

test.each<[what: string, members: readonly EmulatedMember[], args: Partial<PackStatusArgs>, verdict: string]>([
  ["without a row", rowsOf(ordinary), {}, "PASSED"],
  ["with a row", rowsOf([...ordinary, management]), {}, "PASSED"],
  ["with a row that failed", [...rowsOf(ordinary), { accountId: management, status: "CREATE_FAILED" }], {}, "FAILED"],
  ["that has left", [...rowsOf(ordinary), { accountId: management, status: "DELETE_SUCCESSFUL" }], {}, "PASSED"],
  ["listed, without a row", rowsOf(ordinary), { expectedAccounts: [...ordinary, management] }, "INCOMPLETE"],
])("the management account %s", async (_what, members, args, verdict) => {
  const status = await gather(await emulateOrganization({ packs: [{ members }] }), args);
  expect(status.verdict).toBe(verdict);
  expect(status.unexpected).toEqual([]);
  expect(status.missing.map(({ accountId }) => accountId)).toEqual(verdict === "INCOMPLETE" ? [management] : []);
});

test.each<[operation: string, action: string, without: string, args: Partial<PackStatusArgs>]>([
  ["ListAccounts", "organizations:ListAccounts", "give expectedAccounts as a list", {}],
  [
    "DescribeOrganizationConformancePacks",
    "config:DescribeOrganizationConformancePacks",
    "give expectedAccounts as a list",
    {},
  ],
  [
    "DescribeOrganizationConformancePackStatuses",
    "config:DescribeOrganizationConformancePackStatuses",
    "set aggregate: false",
    { expectedAccounts: ordinary },
  ],
])("where %s is denied, the error names %s, and how to do without", async (operation, action, without, args) => {
  const emulator = await emulateOrganization();
  emulator.injectFault({ kind: "accessDenied", operation });
  const error = await lookupErrorOf(gather(emulator, args));
  expect(error).toMatchObject({ name: "AccessDeniedError", action, packName: "baseline", region: "us-east-1" });
  expect(error.message.split("\n")[0]).toMatch(new RegExp(`^Access denied by AWS \\w+: ${action}, for pack`));
  expect(error.message).toContain(`Next: Allow ${action} to the calling role`);
  expect(error.nextStep).toContain(without);
  // And so it is.
  const instead = without.startsWith("set") ? { aggregate: false } : {};
  expect((await gather(emulator, { expectedAccounts: ordinary, ...instead })).verdict).toBe("PASSED");
});

test.each<[fault: Fault, name: string]>([
  [{ kind: "repeatedNextToken" }, "PaginationError"],
  [{ kind: "invalidNextToken", after: 1 }, "ServiceError"],
  [{ kind: "htmlBody", after: 1 }, "BadResponseError"],
  [{ kind: "truncatedBody" }, "UnreachableError"],
  [{ kind: "resetConnection" }, "UnreachableError"],
  [{ kind: "slowResponse", after: 2 }, "TimedOutError"],
  [{ kind: "serverError" }, "ServiceError"],
  [{ kind: "throttling" }, "ThrottledError"],
])("the fault %j of ListAccounts becomes a %s that names AWS Organizations", async (fault, name) => {
  const emulator = await emulateOrganization();
  emulator.injectFault({ ...fault, operation: "ListAccounts" });
  const error = await rejectionOf(gather(emulator, { requestTimeoutSeconds: 0.5 }));
  expect(error).toMatchObject({ name, packName: "baseline", region: "us-east-1" });
  // The cause is AWS's own text.
  const ours = error.message.split("\n").filter((line) => !line.startsWith("Cause: "));
  expect(ours.join("\n")).toContain("AWS Organizations");
  expect(ours.join("\n")).not.toContain("AWS Config");
});

test("a throttled ListAccounts is asked again, as often as maxAttempts says", async () => {
  const emulator = await emulateOrganization();
  emulator.injectFault({ kind: "throttling", operation: "ListAccounts", after: 1, times: 1 });
  expect((await gather(emulator, { maxAttempts: 2 })).verdict).toBe("PASSED");
  expect(times(emulator, "ListAccounts")).toBe(4);
});

test.each(["1234", "12345678901x", "\n::error::x"])("an account that is %j is a bad answer", async (id) => {
  const error = await rejectionOf(gather(await emulateOrganization({ others: [{ id }] })));
  expect(error.name).toBe("BadResponseError");
  expect(error.message).toContain("AWS Organizations returned an invalid response");
  expect(error.message).toContain("an account's Id is not 12 digits");
});

test("excluded accounts that are not account ids are a bad answer, and don't count as none", async () => {
  const error = await rejectionOf(gather(await emulateOrganization({ packs: [{ excludedAccounts: [first, "2"] }] })));
  expect(error.name).toBe("BadResponseError");
  expect(error.message).toContain("the pack's ExcludedAccounts are not account ids");
});

test.each<[body: unknown, says: string]>([
  [{}, 'it has no list "Accounts"'],
  [{ Accounts: null }, 'it has no list "Accounts"'],
  [{ Accounts: [null] }, "an account's Id is not 12 digits"],
  [{ Accounts: [{ Id: 111111111111 }] }, "an account's Id is not 12 digits"],
])("the answer %j is a BadResponseError, and never an empty organization", async (body, says) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const settings = settingsFor(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    const call = { packName: "baseline", region: "us-east-1" };
    const error = await failureErrorOf(readOrganization(settings, { maxAttempts: 1 }, call));
    expect(error.name).toBe("BadResponseError");
    expect(error.message).toContain(says);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("when the organization does not answer, the rows are not waited for", async () => {
  const emulator = await emulateOrganization();
  emulator.injectFault({ kind: "slowResponse", operation: "GetOrganizationConformancePackDetailedStatus" });
  emulator.injectFault({ kind: "accessDenied", operation: "ListAccounts" });
  const error = await rejectionOf(gather(emulator, { requestTimeoutSeconds: 60 }));
  expect(error).toMatchObject({ name: "AccessDeniedError", action: "organizations:ListAccounts" });
}, 20_000);

test("an abort while the accounts are read rejects at once with its reason", async () => {
  const emulator = await emulateOrganization();
  emulator.injectFault({ kind: "slowResponse", operation: "ListAccounts", after: 1 });
  const controller = new AbortController();
  const reason = new Error("Enough.");
  const args = { name: "baseline", expectedAccounts: "organization", requestTimeoutSeconds: 60 } as const;
  const settings = settingsFor(emulator.endpoint);
  const rejection = rejectionOf(gatherPackStatus(args, { settings, signal: controller.signal }));
  while (times(emulator, "ListAccounts") < 2) await delay(5);
  controller.abort(reason);
  expect(await rejection).toBe(reason);
}, 20_000);

test("a region whose excluded accounts can't be read does not fail the others", async () => {
  const emulator = await emulateOrganization({ packs: [{}, { region: "eu-west-1" }] });
  emulator.injectFault({
    kind: "accessDenied",
    operation: "DescribeOrganizationConformancePacks",
    region: "eu-west-1",
  });
  const status = await gather(emulator, { regions: ["us-east-1", "eu-west-1"] });
  expect(status).toMatchObject({ verdict: "INCOMPLETE", missing: [], counts: { total: 44 } });
  expect(status.reasons).toMatchObject([
    {
      code: "regionUnanswered",
      region: "eu-west-1",
      message: expect.stringContaining("config:DescribeOrganizationConformancePacks") as string,
    },
  ]);
});

describe("the organization is read once a process", () => {
  const lookUps = (emulator: Emulator, names: readonly string[], others: Partial<PackStatusArgs> = {}) =>
    Promise.allSettled(names.map((name) => gather(emulator, { name, ...others })));
  const names = ["baseline", "second", "third"];

  test("for all lookups, at the same time and after another", async () => {
    const emulator = await emulateOrganization({ packs: names.map((name) => ({ name })) });
    const outcomes = [...(await lookUps(emulator, names)), ...(await lookUps(emulator, names))];
    expect(outcomes.map((outcome) => outcome.status === "fulfilled" && outcome.value.verdict)).toEqual(
      outcomes.map(() => "PASSED"),
    );
    expect(times(emulator, "ListAccounts")).toBe(3);
  });

  test("but anew where that is asked for", async () => {
    const emulator = await emulateOrganization();
    await gather(emulator);
    emulator.setOrganization({ accounts: [...accounts, { id: special }] });
    expect((await gather(emulator)).missing).toEqual([]);
    const args: PackStatusArgs = { name: "baseline", maxAttempts: 1, expectedAccounts: "organization" };
    const status = await gatherPackStatus(args, { settings: identityFor(emulator), refreshOrganization: true });
    expect(status.missing).toMatchObject([{ accountId: special }]);
    // From then on, that one is what is known.
    expect((await gather(emulator)).missing).toMatchObject([{ accountId: special }]);
  });

  test("and anew after five minutes", async () => {
    const emulator = await emulateOrganization();
    await gather(emulator);
    const now = performance.now();
    const clock = jest.spyOn(performance, "now").mockImplementation(() => now + 301_000);
    try {
      await gather(emulator);
    } finally {
      clock.mockRestore();
    }
    expect(times(emulator, "ListAccounts")).toBe(6);
  });

  test("with other credentials it is another one", async () => {
    const emulator = await emulateOrganization();
    await gather(emulator);
    const credentials = { accessKeyId: "AKIAANOTHER", secretAccessKey: "s" };
    const settings = settingsFor(emulator.endpoint, { retryMode: "standard", credentials });
    await gatherPackStatus({ name: "baseline", maxAttempts: 1, expectedAccounts: "organization" }, { settings });
    expect(times(emulator, "ListAccounts")).toBe(6);
  });

  test("a reading that failed is not kept, and each lookup's error names its own pack", async () => {
    const emulator = await emulateOrganization({ packs: names.map((name) => ({ name })) });
    emulator.injectFault({ kind: "accessDenied", operation: "ListAccounts" });
    const outcomes = await lookUps(emulator, names);
    expect(outcomes.map((outcome) => outcome.status === "rejected" && (outcome.reason as Error))).toMatchObject(
      names.map((packName) => ({ name: "AccessDeniedError", action: "organizations:ListAccounts", packName })),
    );
    expect(times(emulator, "ListAccounts")).toBe(1);
    emulator.clearFaults();
    expect((await gather(emulator)).verdict).toBe("PASSED");
  });

  test("a lookup that gives up leaves the reading to the others; the last one ends it", async () => {
    const emulator = await emulateOrganization();
    emulator.injectFault({ kind: "slowResponse", operation: "ListAccounts" });
    const settings = settingsFor(emulator.endpoint, { retryMode: "standard" });
    const start = (packName: string, signal: AbortSignal) =>
      readOrganization(settings, { maxAttempts: 1 }, { packName, region: "us-east-1", signal });
    const [one, other] = [new AbortController(), new AbortController()];
    const [first, second] = [start("one", one.signal), start("other", other.signal)];
    const reason = new Error("The lookup ends.");
    while (times(emulator, "ListAccounts") === 0) await delay(5);
    one.abort(reason);
    expect(await rejectionOf(first)).toBe(reason);
    expect(await Promise.race([second.catch(() => "ended"), delay(50, "still reading")])).toBe("still reading");
    other.abort(reason);
    expect(await rejectionOf(second)).toBe(reason);
    emulator.clearFaults();
    expect((await start("third", AbortSignal.timeout(30_000))).accounts.size).toBe(accounts.length);
  });
});
