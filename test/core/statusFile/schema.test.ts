import Ajv from "ajv";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readStatusFiles } from "../../../core/statusFile/readStatusFiles";
import { serializeStatusFiles } from "../../../core/statusFile/serialize";
import { statusFileShape } from "../../../core/statusFile/statusFileShape";
import { statusFileVersion } from "../../../core/statusFile/statusFile";
import { redact } from "../../../report/redact";
import { formats, render } from "../../../report/renderings";
import { situations } from "../../builders/situations";

const schema = JSON.parse(readFileSync(join(__dirname, "../../../schemas/status-file.schema.json"), "utf8")) as object;
const ajv = new Ajv({ allErrors: true });
const isValid = ajv.compile(schema);

function problemsOf(document: unknown): string {
  return isValid(document) ? "" : ajv.errorsText(isValid.errors);
}

test.each(Object.entries(situations))("the published schema accepts what is written: %s", (_name, file) => {
  expect(problemsOf(JSON.parse(serializeStatusFiles([file])))).toBe("");
  expect(problemsOf(JSON.parse(serializeStatusFiles(redact([file]))))).toBe("");
});

test("the schema accepts lists, and fields of later versions", () => {
  const files = Object.values(situations);
  expect(problemsOf(JSON.parse(serializeStatusFiles(files)))).toBe("");
  expect(problemsOf(JSON.parse(serializeStatusFiles([])))).toBe("");
  expect(problemsOf({ ...situations.failed, weather: "fine" })).toBe("");
});

test("what the schema requires of a file, the reader requires too", () => {
  const failed = { ...situations.failed } as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(failed).filter(
    (name) => !["kind", "schemaVersion", "callerAccountId"].includes(name),
  )) {
    const without = Object.fromEntries(Object.entries(failed).filter(([name]) => name !== key));
    expect({ key, refused: problemsOf(without) !== "" }).toEqual({ key, refused: true });
    expect({ key, refused: statusFileShape(without, "") !== undefined }).toEqual({ key, refused: true });
  }
});

const folder = join(__dirname, "released");
const released = readdirSync(folder);

test.each(released)("a file that an earlier version wrote is still read and rendered: %s", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const files = readStatusFiles(text);
  expect(problemsOf(JSON.parse(text))).toBe("");
  for (const format of formats) {
    expect(render(format, files, { now: new Date("2026-03-16T00:00:00.000Z"), show: "all" })).not.toBe("");
  }
});

test("there are files of each format version", () => {
  for (let version = 1; version <= statusFileVersion; version += 1) {
    expect(released.filter((name) => name.startsWith(`v${String(version)}-`)).length).toBeGreaterThan(0);
  }
});
