import { emulatedAccountId } from "../../../emulator";
import { put, rowsOf, started, statusesOf, statusOf } from "./baseline";
import { at, goTo } from "./clock";

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

test("a former member keeps its row and its time through a rollout; other rows change", async () => {
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

test("a pack of the options has its own rollout, from the start of the emulator", async () => {
  const { client } = await started({ packs: [{ name: "baseline", members: 2, rolloutMs: 100 }], rolloutMs: 10 });
  goTo(50);
  expect(await statusesOf(client)).toEqual(["CREATE_SUCCESSFUL", "CREATE_IN_PROGRESS"]);
  goTo(100);
  expect(await statusOf(client)).toMatchObject({ Status: "CREATE_SUCCESSFUL" });
  await put(client);
  goTo(110);
  expect(await statusOf(client)).toMatchObject({ Status: "UPDATE_SUCCESSFUL" });
});

test("a pack of the options is rolled out at once, however long a put takes", async () => {
  const { client } = await started({ packs: [{ name: "baseline", members: 2 }], rolloutMs: 60_000 });
  expect(await statusesOf(client)).toEqual(["CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"]);
});
