import { readStatusFiles } from "../../../core/statusFile/readStatusFiles";
import { failedLookupFileOf } from "../../../core/statusFile/makeStatusFile";
import { serializeStatusFiles } from "../../../core/statusFile/serialize";
import type { StatusFile } from "../../../core/statusFile/statusFile";
import { StatusFileError } from "../../../core/statusFile/statusFileError";
import { InvalidArgumentsError } from "../../../core/errors";
import { except } from "../../builders/exceptions";
import { failing, rows } from "../../builders/members";
import { expecting, statusOf, withoutAnswer } from "../../builders/packStatus";
import { fileOf, lookup } from "../../builders/statusFile";

const failed = fileOf(statusOf(failing(2, 5)), { tolerate: { accounts: [except(1, { expires: "2030-01-01" })] } });
const files: readonly StatusFile[] = [
  failed,
  fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: withoutAnswer("regionUnanswered") })),
  fileOf(statusOf(rows("CREATE_SUCCESSFUL"), { regions: expecting(1, 2) })),
  failedLookupFileOf(new InvalidArgumentsError([{ property: "name", reason: "Bad." }]), lookup()),
];

test("what was written is read back, one file or several", () => {
  for (const file of files) expect(readStatusFiles(serializeStatusFiles([file]))).toEqual([file]);
  expect(readStatusFiles(serializeStatusFiles(files))).toEqual(files);
  expect(readStatusFiles(serializeStatusFiles([]))).toEqual([]);
});

test("each row is a line of its own, whatever is in it", () => {
  const lines = serializeStatusFiles([failed]).split("\n");
  for (const member of failed.members) {
    expect(
      lines.filter((line) => line.includes(`"accountId":"${member.accountId}"`) && line.includes('"status":')),
    ).toHaveLength(1);
  }
});

test("a byte order mark and fields of a later version are let through", () => {
  const later = JSON.stringify({ ...failed, weather: "fine", members: failed.members.map((m) => ({ ...m, ou: "x" })) });
  expect(readStatusFiles(`\uFEFF${later}`)).toHaveLength(1);
});

function errorOf(text: string): StatusFileError {
  try {
    readStatusFiles(text);
  } catch (error) {
    if (error instanceof StatusFileError) return error;
    throw error;
  }
  throw new Error("It was read.");
}

test.each([
  ["", "foreign", "The file is empty."],
  ["not json", "foreign", "This is not JSON"],
  ["[]", "foreign", "it has no kind"],
  ["null", "foreign", "it has no kind"],
  ['{"kind":"List"}', "foreign", 'its kind is "List"'],
])("%j is no status file, and the error says so", (text, problem, words) => {
  const error = errorOf(text);
  expect(error).toMatchObject({ problem, message: expect.stringContaining(words) as string });
  expect(error.message).toContain("\nNext: ");
});

test.each<[string, (file: Record<string, unknown>) => unknown, string]>([
  ["no version", (file) => ({ ...file, schemaVersion: undefined }), "schemaVersion is undefined"],
  ["no verdict", (file) => ({ ...file, verdict: undefined }), "verdict is undefined"],
  ["another verdict", (file) => ({ ...file, verdict: "FINE" }), 'verdict is "FINE"'],
  ["no rows", (file) => ({ ...file, members: 3 }), "members is 3, not a list"],
  ["a bad row", (file) => ({ ...file, members: [{ accountId: "1" }] }), 'members[0].accountId is "1"'],
  ["no decision", (file) => ({ ...file, decision: null }), "decision is null, not an object"],
  ["a bad number", (file) => ({ ...file, counts: { ...failed.counts, rows: { total: -1 } } }), "total is -1"],
  ["an exit code of no meaning", (file) => ({ ...file, exitCode: 13 }), "exitCode is 13, not one of 0, 2,"],
  ["the exit code of a pass", (file) => ({ ...file, exitCode: 0 }), "exitCode is 0, not one of the decision FAILED"],
  [
    "an error and the exit code of a pass",
    () => ({ ...files.at(-1), exitCode: 0 }),
    "exitCode is 0, not one of a lookup that failed",
  ],
  ["an error that is none", (file) => ({ ...file, verdict: null }), "error is undefined"],
])("a file with %s is refused with the path of the mistake", (_what, change, words) => {
  const changed = change({ ...failed });
  expect(errorOf(JSON.stringify(changed))).toMatchObject({
    problem: "damaged",
    message: expect.stringContaining(words) as string,
  });
  const list = { kind: "OrganizationConformancePackStatusList", schemaVersion: 1, items: [failed, changed] };
  expect(errorOf(JSON.stringify(list)).problem).toBe("damaged");
});

test("a file of a later format version is refused with the version to install", () => {
  const newer = { ...failed, schemaVersion: 2, tool: { name: "pulumi-org-conformance", version: "3.1.0" } };
  expect(errorOf(JSON.stringify(newer))).toMatchObject({
    problem: "newer",
    nextStep: "Install pulumi-org-conformance 3.1.0 or later, which wrote the file.",
  });
  const list = { kind: "OrganizationConformancePackStatusList", schemaVersion: 1, items: [newer] };
  expect(errorOf(JSON.stringify(list)).problem).toBe("newer");
  const odd = { ...newer, tool: { name: "pulumi-org-conformance", version: "$(rm -rf)" } };
  expect(errorOf(JSON.stringify(odd)).message).not.toContain("rm -rf");
});
