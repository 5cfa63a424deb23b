import { startEmulator } from "../../../emulator";
import { emulate } from "../../builders/emulator";
import { allPages, configClient } from "../clients";

const countOf = (rows: readonly { Status?: string | undefined }[], status: string): number =>
  rows.filter(({ Status }) => Status === status).length;

test.each([
  { members: 250, failing: 3, inProgress: 0 },
  { members: 250, failing: 0, inProgress: 4 },
  { members: 250, failing: 2, inProgress: 2 },
  { members: 3, failing: 3 },
  { members: 4, failing: 2, inProgress: 2 },
  { members: 1 },
])("makes up $members members, $failing failing and $inProgress in progress", async (pack) => {
  const { failing = 0, inProgress = 0, members }: { members: number; failing?: number; inProgress?: number } = pack;
  const client = configClient(await emulate({ packs: [{ name: "baseline", ...pack }] }));
  const rows = (await allPages(client)).flat();
  expect(rows).toHaveLength(members);
  expect(countOf(rows, "CREATE_FAILED")).toBe(failing);
  expect(countOf(rows, "CREATE_IN_PROGRESS")).toBe(inProgress);
  expect(rows.filter(({ ErrorCode, ErrorMessage }) => ErrorCode && ErrorMessage)).toHaveLength(failing);
});

test("failures are on every page and have two causes", async () => {
  const client = configClient(await emulate({ packs: [{ name: "baseline", members: 300, failing: 6 }] }));
  const pages = await allPages(client);
  expect(pages.map((page) => countOf(page, "CREATE_FAILED"))).toEqual([2, 2, 2]);
  const codes = new Set(pages.flat().flatMap(({ ErrorCode }) => ErrorCode ?? []));
  expect([...codes].sort()).toEqual(["InsufficientPermissionsException", "NoAvailableConfigurationRecorderException"]);
});

test.each([
  { packs: [{ name: "baseline", members: 2, failing: 3 }], says: /3 failing and 0 in progress do not fit into 2/ },
  { packs: [{ name: "baseline", members: 2, failing: 1, inProgress: 2 }], says: /1 failing and 2 in progress/ },
])("members that do not fit are refused: $says", async ({ packs, says }) => {
  await expect(startEmulator({ packs })).rejects.toThrow(says);
});
