import { type ConfigServiceClient, DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { emulatedAccountId, type EmulatedMembers } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { allPages, configClient } from "../clients";
import { put, rowsOf, started, statusesOf, statusOf } from "./baseline";
import { at, goTo } from "./clock";

test("setMembers replaces all members, in both forms", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 5, failing: 5 }] });
  const client = configClient(emulator);
  const changes: { members: EmulatedMembers; rows: string[] }[] = [
    { members: { members: 2 }, rows: ["CREATE_SUCCESSFUL", "CREATE_SUCCESSFUL"] },
    { members: [{ accountId: "222222222222", status: "UPDATE_FAILED" }], rows: ["UPDATE_FAILED"] },
    { members: [], rows: [] },
  ];
  for (const { members, rows } of changes) {
    emulator.setMembers("baseline", members);
    expect((await allPages(client)).flat().map(({ Status }) => Status)).toEqual(rows);
  }
  expect(() => {
    emulator.setMembers("other", []);
  }).toThrow("other");
  expect(() => {
    emulator.setMembers("baseline", [], "eu-west-1");
  }).toThrow("baseline");
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
  test("sets the members of one put, and the next put keeps them", async () => {
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

  test("stays for the next put when a put is refused", async () => {
    const { client, emulator } = await started({});
    emulator.planMembers("baseline", { members: 2 });
    await expect(put(client, ["no account"])).rejects.toMatchObject({ name: "ValidationException" });
    await put(client);
    expect(await statusesOf(client)).toHaveLength(2);
  });

  test("refuses members that do not fit at once", async () => {
    const { emulator } = await started({});
    expect(() => {
      emulator.planMembers("baseline", { members: 1, failing: 2 });
    }).toThrow(/2 failing/);
  });
});

describe("the aggregate", () => {
  test("stays as it is set, through puts, until it is computed again", async () => {
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

  test("can't be set for a pack that does not exist", async () => {
    const { emulator } = await started({});
    expect(() => {
      emulator.setAggregate("baseline", "CREATE_FAILED");
    }).toThrow("baseline");
  });
});

describe("excluded accounts", () => {
  const [first, second, third] = [0, 1, 2].map(emulatedAccountId);
  const accounts = async (client: ConfigServiceClient) => (await rowsOf(client)).map(({ AccountId }) => AccountId);

  test("in the options are described, and made-up members leave them out", async () => {
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

  test("keep rows that the options or setMembers give them", async () => {
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

  test("in a put have no rows until they are no longer excluded", async () => {
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
