import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../tools/localStack";

const folder = mkdtempSync(join(tmpdir(), "org-conformance-config-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the built command on a file with this text. */
function check(text: string | undefined, ...flags: readonly string[]) {
  const file = join(folder, "gate.json");
  if (text !== undefined) writeFileSync(file, text);
  const main = join(repository, "dist", "cli", "main.js");
  const path = text === undefined ? join(folder, "no-such-file.json") : file;
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, "config", "check", path, ...flags], {
    encoding: "utf8",
  });
  return { status, stderr, stdout: stdout.replaceAll(file, "gate.json") };
}

const expired = JSON.stringify({
  "organization-conformance-pack-settled": {
    tolerate: { accounts: [{ accountId: "100000000001", reason: "GOV-7", expires: "2020-01-31" }] },
  },
});

test.each<[title: string, ...flags: string[], status: number]>([
  ["{}", 0],
  ["{}", "--strict", 0],
  [expired, 0],
  [expired, "--strict", 2],
  ['{ "all": "strict" }', 2],
  ['{ "stack-has-owner": "mandatory" }', "--strict", 2],
  ['{ "stack-has-owner": "mandatory" }', "--strict", "--own-policy", "stack-has-owner", 0],
  ["{", 2],
])("config check of %s ends by what it found", (text, ...rest) => {
  const flags = rest.slice(0, -1) as string[];
  expect(check(text, ...flags)).toMatchObject({ status: rest.at(-1), stderr: "" });
});

test("config check prints a finding a line, with file, line and key, and a count", () => {
  expect(check('{\n  "all": "strict",\n  "x": {}\n}').stdout.split("\n")).toEqual([
    'gate.json:2: error: all: "strict" is not one of advisory, mandatory, remediate, disabled.',
    expect.stringMatching(/^gate\.json:3: warning: x: This package has no such policy\./),
    "gate.json: 1 error, 1 warning.",
    "",
  ]);
});

test("config check --explain explains a file without errors, and only that", () => {
  expect(check("{}", "--explain").stdout).toMatch(/^gate\.json: no errors, no warnings\.\n\nRequired packs: none\./);
  expect(check('{ "all": "strict" }', "--explain").stdout).toMatch(/1 error, 0 warnings\.\n$/);
});

test("config check says that there is no such file", () => {
  expect(check(undefined)).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(/no-such-file\.json: There is no such file or folder\.\n$/) as string,
  });
});
