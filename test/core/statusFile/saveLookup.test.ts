import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackStatus } from "../../../core/status/packStatus";
import { InvalidArgumentsError } from "../../../core/errors";
import { readStatusFolder } from "../../../core/statusFile/readStatusFolder";
import { forgetLookup, type Found, saveLookup, statusFolderVariable } from "../../../core/statusFile/saveLookup";
import { fileNameOf } from "../../../core/statusFile/writeStatusFile";
import { atTheEnd } from "../../builders/cleanUp";
import { excepting } from "../../builders/exceptions";
import { failing, rows } from "../../builders/members";
import { statusOf } from "../../builders/packStatus";
import { lookup } from "../../builders/statusFile";

const passed: Found = { status: statusOf(rows("CREATE_SUCCESSFUL")) };

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "status-folder-"));
  atTheEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Saves with the variable set, and returns the warnings. */
function save(folder: string | undefined, found: Found = passed, given = lookup()): string[] {
  const warnings: string[] = [];
  const before = process.env[statusFolderVariable];
  if (folder === undefined) Reflect.deleteProperty(process.env, statusFolderVariable);
  else process.env[statusFolderVariable] = folder;
  try {
    saveLookup(found, given, (sentence) => warnings.push(sentence));
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, statusFolderVariable);
    else process.env[statusFolderVariable] = before;
  }
  return warnings;
}

test("a lookup writes one file that only its owner can read, into a folder that it creates", async () => {
  const folder = join(temporaryFolder(), "new", "folder");
  expect(save(folder, passed, lookup({ run: { preview: true } }))).toEqual([]);
  const [name = "", ...others] = readdirSync(folder);
  expect(others).toEqual([]);
  expect(name).toMatch(/^baseline\.[0-9a-f]{12}\.preview\.json$/);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(await readStatusFolder(folder)).toMatchObject([{ verdict: "PASSED", run: { preview: true } }]);
});

test("all packs but some are another lookup than all packs but others, whatever regions their file is about", () => {
  const name = (except: readonly string[] | undefined, regions: readonly string[]): string =>
    fileNameOf(lookup({ args: { name: "*" }, except }), regions);
  expect(name(["a"], ["us-east-1"])).toMatch(/^all-packs\.[0-9a-f]{12}\.update\.json$/);
  expect(name(["a"], ["us-east-1"])).toBe(name(["a"], []));
  expect(new Set([name(["a"], []), name(["b"], []), name(undefined, [])]).size).toBe(3);
});

test("a lookup with nothing to say any more leaves no file of what it said before", async () => {
  const folder = temporaryFolder();
  save(folder, passed, lookup({ run: { preview: true } }));
  save(folder, passed, lookup({ args: { name: "other" } }));
  const before = process.env[statusFolderVariable];
  process.env[statusFolderVariable] = folder;
  const warnings: string[] = [];
  try {
    forgetLookup(lookup({ args: { name: "baseline", regions: ["us-east-1"] }, run: { preview: false } }), (sentence) =>
      warnings.push(sentence),
    );
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, statusFolderVariable);
    else process.env[statusFolderVariable] = before;
  }
  expect(warnings).toEqual([]);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^other\./)]);
  expect(await readStatusFolder(folder)).toHaveLength(1);
});

test.each<[what: string, found: Found]>([
  ["was cancelled", { error: new DOMException("No longer wanted.", "AbortError") }],
  ["ended in a bug", { error: new TypeError("x is undefined") }],
  [
    "has a status that can't be written",
    { status: { ...statusOf(failing(1)), members: null } as unknown as PackStatus },
  ],
])("a lookup of the update that %s leaves no file of its pass in the preview", (_what, found) => {
  const folder = temporaryFolder();
  const args = { name: "baseline", regions: ["us-east-1"] };
  save(folder, passed, lookup({ args, run: { preview: true } }));
  expect(readdirSync(folder)).toHaveLength(1);
  save(folder, found, lookup({ args, run: { preview: false } }));
  expect(readdirSync(folder)).toEqual([]);
});

test("the same lookup overwrites its file; another, and one with other exceptions, has its own", () => {
  const folder = temporaryFolder();
  save(folder);
  save(folder, { status: statusOf(failing(1)) });
  expect(readdirSync(folder)).toHaveLength(1);
  expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ""), "utf8")).toContain('"verdict": "FAILED"');
  // The default region by its name is the same lookup.
  save(folder, passed, lookup({ args: { name: "baseline", regions: ["us-east-1"] } }));
  expect(readdirSync(folder)).toHaveLength(1);
  save(folder, passed, lookup({ args: { name: "baseline", accountIds: ["000000000001"] } }));
  save(folder, passed, lookup({ tolerate: excepting(1) }));
  expect(readdirSync(folder)).toHaveLength(3);
});

test("the name depends on no order of keys and on no external id", () => {
  const assumeRole = { roleArn: "arn:aws:iam::111122223333:role/x", externalId: "s3cret" };
  const one = lookup({ args: { name: "baseline", aggregate: false, regions: ["a"], assumeRole } });
  const other = lookup({
    args: { regions: ["a"], assumeRole: { ...assumeRole, externalId: "other" }, aggregate: false, name: "baseline" },
  });
  expect(fileNameOf(one, ["a"])).toBe(fileNameOf(other, ["a"]));
  expect(fileNameOf(lookup({ args: { name: "../../etc/passwd" } }), [])).toMatch(/^invalid-name\./);
});

test("of a preview and an update, the later one counts; other files are left alone", async () => {
  const folder = temporaryFolder();
  save(folder, { status: statusOf(rows("CREATE_IN_PROGRESS")) }, lookup({ run: { preview: true } }));
  save(folder, passed, lookup({ lookedUpAt: new Date("2026-03-15T12:05:00.000Z") }));
  writeFileSync(join(folder, "package.json"), "{}");
  expect((await readStatusFolder(folder)).map(({ verdict }) => verdict)).toEqual(["PASSED"]);
});

test("a preview replaces what its check wrote as if it were an update", () => {
  const folder = temporaryFolder();
  save(folder, { status: statusOf(failing(1)) }, lookup({ run: { project: "shop" } }));
  save(folder, passed, lookup({ run: { project: "shop", preview: true } }));
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.preview\.json$/)]);
});

test("lookups with two identities have a file each", async () => {
  const settings = { assumeRoles: [], endpoints: {} };
  const folder = temporaryFolder();
  save(folder, { status: statusOf(failing(1)) }, lookup({ settings: { ...settings, profile: "one" } }));
  save(folder, passed, lookup({ settings: { ...settings, profile: "other" } }));
  expect((await readStatusFolder(folder)).map(({ verdict }) => verdict).sort()).toEqual(["FAILED", "PASSED"]);
});

test("a damaged file of a folder is named", async () => {
  const folder = temporaryFolder();
  save(folder);
  const [name = ""] = readdirSync(folder);
  writeFileSync(join(folder, name), "{");
  await expect(readStatusFolder(folder)).rejects.toThrow(`${name}: This is not JSON`);
});

test("a lookup that failed is a file too; a cancelled one is none", async () => {
  const folder = temporaryFolder();
  save(folder, { error: new DOMException("Aborted", "AbortError") });
  expect(readdirSync(folder)).toEqual([]);
  save(folder, { error: new InvalidArgumentsError([{ property: "regions", reason: "No region is set." }]) });
  expect(await readStatusFolder(folder)).toMatchObject([{ verdict: null, exitCode: 2 }]);
});

test("without the variable, nothing is written and nothing is said", () => {
  expect(save(undefined)).toEqual([]);
  expect(save("")).toEqual([]);
});

test("a relative path is refused with a warning", () => {
  expect(save("conformance")).toEqual([
    expect.stringContaining('PULUMI_ORG_CONFORMANCE_STATUS_DIR is "conformance", not an absolute path') as string,
  ]);
});

test("a folder that can't be written is a warning, and leaves nothing behind", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "file"), "");
  expect(save(join(folder, "file", "below"))).toEqual([
    expect.stringMatching(/^The status file of pack "baseline" was not written: E(NOTDIR|EXIST)/) as string,
  ]);
  if (process.getuid?.() === 0) return;
  const closed = temporaryFolder();
  chmodSync(closed, 0o500);
  expect(save(closed)).toEqual([expect.stringContaining("EACCES") as string]);
  expect(readdirSync(closed)).toEqual([]);
});
