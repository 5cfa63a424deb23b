import { EventEmitter, once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { EmulatedMember, Emulator } from "../../../emulator";
import { InvalidArgumentsError } from "../../../core/errors";
import { streamMemberStatuses } from "../../../core/lookup/streamMemberStatuses";
import type { PackStatusArgs } from "../../../core/status/packStatusArgs";
import "../aws/awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "../aws/emulate";
import { between } from "../../robustness/wire";
import { account } from "../../builders/members";

function stream({ endpoint }: Pick<Emulator, "endpoint">, args: Partial<PackStatusArgs> = {}) {
  return streamMemberStatuses({ name: "baseline", maxAttempts: 1, ...args }, { settings: settingsFor(endpoint) });
}

async function rowsOf(emulator: Emulator, args: Partial<PackStatusArgs> = {}): Promise<string[]> {
  const rows: string[] = [];
  for await (const { accountId, region, status } of stream(emulator, args)) {
    rows.push(`${String(Number(accountId))} ${region} ${status}`);
  }
  return rows;
}

const member = (number: number, status = "CREATE_SUCCESSFUL"): EmulatedMember => ({
  accountId: account(number),
  status,
  lastUpdateTime: new Date("2026-01-01T00:00:00Z"),
});
const expected = (...numbers: readonly number[]) => numbers.map((n) => `${String(n)} us-east-1 CREATE_SUCCESSFUL`);

function emulateMembers(...members: readonly EmulatedMember[]): Promise<Emulator> {
  return emulate({ packs: [{ name: "baseline", members }] });
}

test("rows come in AWS's order, page by page", async () => {
  const emulator = await emulateMembers(member(3), member(1), member(2));
  expect(await rowsOf(emulator, { pageSize: 2 })).toEqual(expected(3, 1, 2));
  expect(emulator.requests).toHaveLength(2);
});

/** Long enough for a request that was made to arrive. */
const settle = () => delay(200);

test("one page is read ahead, however long the reader takes for a row", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  const rows = stream(emulator, { pageSize: 50 });
  await rows.next();
  await settle();
  expect(emulator.requests).toHaveLength(2);
  for (let row = 2; row <= 50; row += 1) await rows.next();
  await settle();
  expect(emulator.requests).toHaveLength(2);
  await rows.next();
  await settle();
  expect(emulator.requests).toHaveLength(3);
});

test("a reader that stops aborts the request for the page ahead, and causes no other", async () => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 250 }] });
  const arrivals = new EventEmitter();
  // The second page never comes.
  const wire = await between(emulator, ({ index }) =>
    index === 0 ? undefined : (response) => arrivals.emit("request", response),
  );
  const arrival = once(arrivals, "request");
  const rows = stream(wire);
  await rows.next();
  const [ahead] = (await arrival) as [ServerResponse];
  const aborted = once(ahead, "close");
  await rows.return();
  await aborted;
  await settle();
  expect(wire.operations).toHaveLength(2);
});

test("the next region is not asked before the rows of the one before are read", async () => {
  const regions = ["us-east-1", "eu-west-1"];
  const emulator = await emulate({ packs: regions.map((region) => ({ name: "baseline", region, members: 2 })) });
  const rows = stream(emulator, { regions });
  await rows.next();
  await settle();
  await rows.return();
  expect(emulator.requests.map(({ region }) => region)).toEqual(["us-east-1"]);
});

test("after a restart no row comes twice", async () => {
  const emulator = await emulateMembers(member(1), member(2), member(3), member(4));
  emulator.injectFault({ kind: "invalidNextToken", after: 1, times: 1 });
  expect(await rowsOf(emulator, { pageSize: 2 })).toEqual(expected(1, 2, 3, 4));
  expect(emulator.requests).toHaveLength(4);
});

test("rows of one account with different pack names all come, and after a restart not again", async () => {
  const emulator = await emulateMembers(
    member(1),
    { ...member(1, "CREATE_FAILED"), conformancePackName: "OrgConformsPack-old" },
    member(2),
  );
  emulator.injectFault({ kind: "invalidNextToken", after: 1, times: 1 });
  expect(await rowsOf(emulator, { pageSize: 2 })).toEqual([
    ...expected(1),
    "1 us-east-1 CREATE_FAILED",
    ...expected(2),
  ]);
});

test("a row that changed before a restart comes again, the others do not", async () => {
  const emulator = await emulateMembers(member(1), member(2), member(3));
  emulator.injectFault({ kind: "invalidNextToken", after: 1, times: 1 });
  const rows: string[] = [];
  for await (const { accountId, status } of stream(emulator, { pageSize: 2 })) {
    rows.push(`${String(Number(accountId))} ${status}`);
    if (rows.length === 2) emulator.setMembers("baseline", [member(1, "CREATE_FAILED"), member(2), member(3)]);
  }
  expect(rows).toEqual(["1 CREATE_SUCCESSFUL", "2 CREATE_SUCCESSFUL", "1 CREATE_FAILED", "3 CREATE_SUCCESSFUL"]);
});

test("regions, accounts and statuses are heeded", async () => {
  const emulator = await emulate({
    packs: [
      { name: "baseline", members: [member(1), member(2, "CREATE_FAILED"), member(3, "UPDATE_FAILED")] },
      { name: "baseline", region: "eu-west-1", members: [member(1), member(2)] },
    ],
  });
  const regions = ["us-east-1", "eu-west-1"];
  expect(await rowsOf(emulator, { regions, accountIds: [account(2), account(3)] })).toEqual([
    "2 us-east-1 CREATE_FAILED",
    "3 us-east-1 UPDATE_FAILED",
    "2 eu-west-1 CREATE_SUCCESSFUL",
  ]);
  expect(await rowsOf(emulator, { statuses: ["UPDATE_FAILED", "CREATE_FAILED"] })).toEqual([
    "3 us-east-1 UPDATE_FAILED",
    "2 us-east-1 CREATE_FAILED",
  ]);
});

test("what has come stays, then the typed error follows", async () => {
  const emulator = await emulateMembers(member(1), member(2));
  emulator.injectFault({ kind: "expiredToken", after: 1 });
  const rows = stream(emulator, { pageSize: 1 });
  expect((await rows.next()).value).toMatchObject({ accountId: account(1) });
  expect(await rejectionOf(rows.next())).toMatchObject({ name: "CredentialsError", problem: "expired" });
});

test.each<[argument: string, value: unknown]>([
  ["accountPaths", true],
  ["aggregate", false],
  ["detail", "unsuccessful"],
  ["excludedAccounts", [account(1)]],
  ["expectedAccounts", "organization"],
  ["ownerTag", "owner"],
  ["stuckAfterMinutes", 60],
])("%s is refused: a stream that ignored it would look like a pass", async (argument, value) => {
  const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  // Alone, it is a mistake of its own.
  const others = argument === "excludedAccounts" ? { expectedAccounts: "organization" as const } : {};
  const error = await rejectionOf(stream(emulator, { ...others, [argument]: value }).next());
  expect(error).toBeInstanceOf(InvalidArgumentsError);
  expect(error.message).toContain(`${argument}: A stream only reads rows, so it does not take this argument.`);
  expect(emulator.requests).toEqual([]);
});

test("an unknown pack and bad arguments are refused as by the gathering", async () => {
  const emulator = await emulate();
  expect(await rejectionOf(rowsOf(emulator))).toMatchObject({
    name: "NoSuchOrganizationConformancePackError",
    callerAccountId: "111111111111",
  });
  const before = emulator.requests.length;
  expect(await rejectionOf(rowsOf(emulator, { pageSize: 101 }))).toMatchObject({
    name: "InvalidArgumentsError",
    problems: [{ property: "pageSize" }],
  });
  expect(emulator.requests).toHaveLength(before);
});
