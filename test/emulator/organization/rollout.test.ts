import {
  type ConfigServiceClient,
  DescribeOrganizationConformancePacksCommand,
  DescribeOrganizationConformancePackStatusesCommand,
  PutOrganizationConformancePackCommand,
} from "@aws-sdk/client-config-service";
import { emulatedAccountId, type Emulator, type EmulatorOptions } from "../../../emulator";
import { allPages, configClient, emulate } from "../clients";

const start = Date.parse("2026-05-05T05:05:05.000Z");

beforeEach(() => {
  // Only the clock stands still: sockets and streams need the rest.
  jest.useFakeTimers({
    now: start,
    doNotFake: [
      "hrtime",
      "nextTick",
      "performance",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
});

afterEach(() => jest.useRealTimers());

/** The moment that is so many milliseconds after the start. */
const at = (ms: number): Date => new Date(start + ms);
const goTo = (ms: number): void => {
  jest.setSystemTime(at(ms));
};

const put = (client: ConfigServiceClient, ExcludedAccounts: string[] = []) =>
  client.send(
    new PutOrganizationConformancePackCommand({
      OrganizationConformancePackName: "baseline",
      TemplateBody: "Resources: {}",
      ExcludedAccounts,
    }),
  );

async function statusOf(client: ConfigServiceClient) {
  const { OrganizationConformancePackStatuses: found } = await client.send(
    new DescribeOrganizationConformancePackStatusesCommand({ OrganizationConformancePackNames: ["baseline"] }),
  );
  return found?.[0];
}

const rowsOf = async (client: ConfigServiceClient) => (await allPages(client)).flat();
const statusesOf = async (client: ConfigServiceClient) => (await rowsOf(client)).map(({ Status }) => Status);

async function started(options: EmulatorOptions): Promise<{ emulator: Emulator; client: ConfigServiceClient }> {
  const emulator = await emulate(options);
  return { emulator, client: configClient(emulator) };
}

const [ok, failed, going] = ["SUCCESSFUL", "FAILED", "IN_PROGRESS"] as const;

describe.each([
  { put: "first", operation: "CREATE", packs: [] },
  { put: "later", operation: "UPDATE", packs: [{ name: "baseline", members: 1 }] },
])("after a $put put", ({ operation, packs }) => {
  test.each([
    { ms: 0, rows: [going, going, going, going], aggregate: going },
    { ms: 249, rows: [going, going, going, going], aggregate: going },
    { ms: 250, rows: [ok, going, going, going], aggregate: going },
    { ms: 750, rows: [ok, ok, failed, going], aggregate: going },
    { ms: 999, rows: [ok, ok, failed, going], aggregate: going },
    { ms: 1_000, rows: [ok, ok, failed, ok], aggregate: failed },
    { ms: 9_999, rows: [ok, ok, failed, ok], aggregate: failed },
  ])("the rows are $rows after $ms ms", async ({ aggregate, ms, rows }) => {
    const { client, emulator } = await started({ packs, rolloutMs: 1_000 });
    emulator.planMembers("baseline", { members: 4, failing: 1 });
    goTo(100);
    await put(client);
    goTo(100 + ms);
    expect(await rowsOf(client)).toEqual(
      rows.map((status, index) => ({
        AccountId: emulatedAccountId(index),
        ConformancePackName: expect.stringContaining("baseline") as string,
        Status: `${operation}_${status}`,
        LastUpdateTime: status === going ? at(100) : at(100 + (index + 1) * 250),
        ...(status === failed && {
          ErrorCode: "NoAvailableConfigurationRecorderException",
          ErrorMessage: expect.any(String) as string,
        }),
      })),
    );
    expect(await statusOf(client)).toEqual({
      OrganizationConformancePackName: "baseline",
      Status: `${operation}_${aggregate}`,
      LastUpdateTime: at(100),
      ...(aggregate === failed && {
        ErrorCode: "NoAvailableConfigurationRecorderException",
        ErrorMessage: expect.any(String) as string,
      }),
    });
  });
});

test("without rolloutMs, all rows end at the moment of the put", async () => {
  const { client } = await started({ membersOfNewPacks: { members: 3, failing: 1, inProgress: 1 } });
  await put(client);
  expect(await statusesOf(client)).toEqual(["CREATE_FAILED", "CREATE_SUCCESSFUL", "CREATE_IN_PROGRESS"]);
  goTo(500);
  await put(client);
  const rows = await rowsOf(client);
  expect(rows.map(({ Status }) => Status)).toEqual(["UPDATE_FAILED", "UPDATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"]);
  expect(rows.map(({ LastUpdateTime }) => LastUpdateTime)).toEqual([at(500), at(500), at(500)]);
  expect(await statusOf(client)).toMatchObject({ Status: "UPDATE_FAILED", LastUpdateTime: at(500) });
});

test("a put in the middle of a rollout starts another one for all members", async () => {
  const { client } = await started({ membersOfNewPacks: { members: 2 }, rolloutMs: 1_000 });
  await put(client);
  goTo(600);
  await put(client);
  expect(await statusesOf(client)).toEqual(["UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"]);
  goTo(1_100);
  expect(await statusesOf(client)).toEqual(["UPDATE_SUCCESSFUL", "UPDATE_IN_PROGRESS"]);
  goTo(1_600);
  expect(await statusesOf(client)).toEqual(["UPDATE_SUCCESSFUL", "UPDATE_SUCCESSFUL"]);
});

test("a former member has no part in a rollout and keeps its time; other rows of an older put do not", async () => {
  const { client } = await started({
    packs: [
      {
        name: "baseline",
        members: [
          { accountId: "222222222222", status: "DELETE_SUCCESSFUL" },
          {
            accountId: "333333333333",
            status: "UPDATE_SUCCESSFUL",
            lastUpdateTime: at(-5),
            conformancePackName: "Own",
          },
          { accountId: "444444444444", status: "CREATE_PAUSED" },
        ],
      },
    ],
    rolloutMs: 100,
  });
  goTo(1_000);
  await put(client);
  expect(await rowsOf(client)).toMatchObject([
    { Status: "DELETE_SUCCESSFUL", LastUpdateTime: at(0) },
    { Status: "UPDATE_IN_PROGRESS", LastUpdateTime: at(1_000), ConformancePackName: "Own" },
    { Status: "UPDATE_IN_PROGRESS", LastUpdateTime: at(1_000) },
  ]);
  goTo(1_100);
  expect(await rowsOf(client)).toMatchObject([
    { Status: "DELETE_SUCCESSFUL", LastUpdateTime: at(0) },
    { Status: "UPDATE_SUCCESSFUL", LastUpdateTime: at(1_050), ConformancePackName: "Own" },
    { Status: "UPDATE_PAUSED", LastUpdateTime: at(1_100) },
  ]);
});

test("a pack of the options starts its rollout with the emulator; rolloutMs of the emulator is for puts", async () => {
  const { client } = await started({ packs: [{ name: "baseline", members: 2, rolloutMs: 100 }], rolloutMs: 10 });
  goTo(50);
  expect(await statusesOf(client)).toEqual(["CREATE_SUCCESSFUL", "CREATE_IN_PROGRESS"]);
  goTo(100);
  expect(await statusOf(client)).toMatchObject({ Status: "CREATE_SUCCESSFUL" });
  await put(client);
  goTo(110);
  expect(await statusOf(client)).toMatchObject({ Status: "UPDATE_SUCCESSFUL" });
});

test("a pack of the options is there at once, whatever the rollout of puts takes", async () => {
  const { client } = await started({ packs: [{ name: "baseline", members: 2 }], rolloutMs: 60_000 });
  expect(await statusesOf(client)).toEqual(["CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"]);
});

test("setMembers ends a rollout and sets rows as they are", async () => {
  const { client, emulator } = await started({ packs: [{ name: "baseline", members: 2, rolloutMs: 1_000 }] });
  goTo(10);
  emulator.setMembers("baseline", [
    { accountId: "222222222222", status: "CREATE_SUCCESSFUL", lastUpdateTime: at(-1) },
    { accountId: "333333333333", status: "UPDATE_SUCCESSFUL" },
  ]);
  expect(await rowsOf(client)).toMatchObject([
    { Status: "CREATE_SUCCESSFUL", LastUpdateTime: at(-1) },
    { Status: "UPDATE_SUCCESSFUL", LastUpdateTime: at(10) },
  ]);
  expect(await statusOf(client)).toMatchObject({ Status: "CREATE_SUCCESSFUL", LastUpdateTime: at(0) });
});

describe("planMembers", () => {
  test("says what one put leads to; the next one keeps it", async () => {
    const { client, emulator } = await started({ membersOfNewPacks: { members: 5 } });
    emulator.planMembers("baseline", { members: 2, failing: 1 });
    emulator.planMembers("baseline", { members: 9 }, "eu-west-1");
    await put(client);
    expect(await statusesOf(client)).toEqual(["CREATE_SUCCESSFUL", "CREATE_FAILED"]);
    await put(client);
    expect(await statusesOf(client)).toEqual(["UPDATE_SUCCESSFUL", "UPDATE_FAILED"]);

    emulator.planMembers("baseline", [
      { accountId: "222222222222", status: "CREATE_SUCCESSFUL", lastUpdateTime: at(-7) },
    ]);
    expect(await statusesOf(client)).toHaveLength(2);
    await put(client);
    // A row that says its own time is taken at its word: AWS can be behind.
    expect(await rowsOf(client)).toMatchObject([{ Status: "UPDATE_SUCCESSFUL", LastUpdateTime: at(-7) }]);

    const eu = configClient(emulator, { region: "eu-west-1" });
    await put(eu);
    expect(await statusesOf(eu)).toHaveLength(9);
  });

  test("a put that is refused does not use the plan", async () => {
    const { client, emulator } = await started({});
    emulator.planMembers("baseline", { members: 2 });
    await expect(put(client, ["no account"])).rejects.toMatchObject({ name: "ValidationException" });
    await put(client);
    expect(await statusesOf(client)).toHaveLength(2);
  });

  test("members that do not fit are refused at once", async () => {
    const { emulator } = await started({});
    expect(() => {
      emulator.planMembers("baseline", { members: 1, failing: 2 });
    }).toThrow(/2 failing/);
  });
});

describe("the aggregate", () => {
  test("is what it is set to, through puts, until it is computed again", async () => {
    const { client, emulator } = await started({
      packs: [
        { name: "baseline", members: 2, failing: 1, aggregate: "CREATE_SUCCESSFUL" },
        { name: "baseline", region: "eu-west-1", members: 1 },
      ],
    });
    const { ErrorCode: code, ...status } = (await statusOf(client)) ?? {};
    expect({ code, status }).toMatchObject({ code: undefined, status: { Status: "CREATE_SUCCESSFUL" } });
    await put(client);
    emulator.setMembers("baseline", { members: 3 });
    expect(await statusOf(client)).toMatchObject({ Status: "CREATE_SUCCESSFUL" });

    emulator.setAggregate("baseline", "UPDATE_IN_PROGRESS");
    emulator.setAggregate("baseline", "DELETE_FAILED", "eu-west-1");
    expect(await statusOf(client)).toMatchObject({ Status: "UPDATE_IN_PROGRESS" });
    expect(await statusOf(configClient(emulator, { region: "eu-west-1" }))).toMatchObject({ Status: "DELETE_FAILED" });

    emulator.setAggregate("baseline", undefined);
    expect(await statusOf(client)).toMatchObject({ Status: "UPDATE_SUCCESSFUL" });
  });

  test("of no pack is refused", async () => {
    const { emulator } = await started({});
    expect(() => {
      emulator.setAggregate("baseline", "CREATE_FAILED");
    }).toThrow("baseline");
  });
});

describe("excluded accounts", () => {
  const [first, second, third] = [0, 1, 2].map(emulatedAccountId);
  const accounts = async (client: ConfigServiceClient) => (await rowsOf(client)).map(({ AccountId }) => AccountId);

  test("of the options are shown, and made-up members leave them out", async () => {
    const lastUpdateTime = at(-1_000_000);
    const excludedAccounts = [String(second)];
    const { client } = await started({ packs: [{ name: "baseline", members: 3, excludedAccounts, lastUpdateTime }] });
    expect(await accounts(client)).toEqual([first, third]);
    const { OrganizationConformancePacks: packs } = await client.send(
      new DescribeOrganizationConformancePacksCommand({}),
    );
    expect(packs).toMatchObject([{ ExcludedAccounts: [second], LastUpdateTime: lastUpdateTime }]);
    expect(await statusOf(client)).toMatchObject({ LastUpdateTime: lastUpdateTime });
  });

  test("rows of the options and of setMembers stay as they are given", async () => {
    const members = [{ accountId: "222222222222", status: "CREATE_FAILED" }];
    const { client, emulator } = await started({
      packs: [{ name: "baseline", members, excludedAccounts: ["222222222222", String(first)] }],
    });
    expect(await accounts(client)).toEqual(["222222222222"]);
    emulator.setMembers("baseline", { members: 2 });
    expect(await accounts(client)).toEqual([second]);
    emulator.setMembers("baseline", members);
    expect(await accounts(client)).toEqual(["222222222222"]);
  });

  test("of a put leave, and come back once they are not excluded", async () => {
    const { client, emulator } = await started({ membersOfNewPacks: { members: 3 } });
    await put(client, [String(first)]);
    expect(await accounts(client)).toEqual([second, third]);
    await put(client, [String(third)]);
    expect(await accounts(client)).toEqual([first, second]);
    emulator.planMembers(
      "baseline",
      [first, second, third].map((id) => ({ accountId: String(id), status: "CREATE_FAILED" })),
    );
    await put(client, [String(second)]);
    expect(await accounts(client)).toEqual([first, third]);
  });
});
