import { emulatedAccountId, type EmulatedMembers } from "../../../emulator";
import { allPages, configClient, emulate } from "../clients";

const countOf = (rows: readonly { Status?: string | undefined }[], status: string): number =>
  rows.filter(({ Status }) => Status === status).length;

test.each([
  { members: 250, failing: 3, inProgress: 0 },
  { members: 250, failing: 0, inProgress: 4 },
  { members: 250, failing: 2, inProgress: 2 },
  { members: 3, failing: 3 },
  { members: 4, failing: 2, inProgress: 2 },
  { members: 1 },
])("$members members, $failing failing, $inProgress in progress are made up", async (pack) => {
  const { failing = 0, inProgress = 0, members }: { members: number; failing?: number; inProgress?: number } = pack;
  const client = configClient(await emulate({ packs: [{ name: "baseline", ...pack }] }));
  const rows = (await allPages(client)).flat();
  expect(rows).toHaveLength(members);
  expect(countOf(rows, "CREATE_FAILED")).toBe(failing);
  expect(countOf(rows, "CREATE_IN_PROGRESS")).toBe(inProgress);
  expect(rows.filter(({ ErrorCode, ErrorMessage }) => ErrorCode && ErrorMessage)).toHaveLength(failing);
});

test("failures are on every page, and have two causes", async () => {
  const client = configClient(await emulate({ packs: [{ name: "baseline", members: 300, failing: 6 }] }));
  const pages = await allPages(client);
  expect(pages.map((page) => countOf(page, "CREATE_FAILED"))).toEqual([2, 2, 2]);
  const codes = new Set(pages.flat().flatMap(({ ErrorCode }) => ErrorCode ?? []));
  expect([...codes].sort()).toEqual(["InsufficientPermissionsException", "NoAvailableConfigurationRecorderException"]);
});

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

test("account ids are 12 digits and different, up to the most that the command takes", () => {
  const indexes = [0, 1, 249, 9_999, 799_996, 799_997, 799_998, 999_999];
  const ids = indexes.map(emulatedAccountId);
  for (const id of ids) expect(id).toMatch(/^\d{12}$/);
  expect(new Set(ids).size).toBe(indexes.length);
});
