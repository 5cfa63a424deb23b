import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { statusOf } from "../builders/packStatus";
import { failing } from "../builders/members";
import { fileOf } from "../builders/statusFile";
import { harm } from "../core/text/hostileText";
import { type Ended, run, type Surroundings } from "./commandLine";

const saved = fileOf(statusOf(failing(1, 3)));
const long = `x${"y".repeat(5_000)}`;
const anId = "123456789012";

interface Case extends Surroundings {
  readonly args: readonly string[];
  readonly code: number;
  /** What the first line of stderr has, in this order. */
  readonly says: readonly string[];
}

/** A command line that is refused before anything is sent. */
const refused = (says: string | readonly string[], ...args: readonly string[]): Case => ({
  args,
  code: 2,
  says: typeof says === "string" ? [says] : says,
});

/** An input of `report` or `--config`, under the name of its file. */
const files: Readonly<Record<string, string>> = {
  "empty.json": "",
  "text.json": "Hello.\n",
  "list.json": "[]",
  "foreign.json": '{"name":"a","version":"1.0.0"}',
  "otherKind.json": '{"kind":"Pod","apiVersion":"v1"}',
  "newer.json": JSON.stringify({
    ...saved,
    schemaVersion: 9,
    tool: { name: "pulumi-org-conformance", version: "7.1.0" },
  }),
  "damaged.json": JSON.stringify({ ...saved, members: "none" }),
  "cut.json": JSON.stringify(saved).slice(0, 200),
  "nothing.json": '{"steps":[]}',
  "state.json": '{"version":3,"deployment":{"resources":[]}}',
  "log.json": '{"sequence":0,"timestamp":1,"stdoutEvent":{}}\n{"sequence":1,"timestamp":1,"summaryEvent":{}}\n',
  "config.json": '{"organization-conformance-pack-required-packs":{"packs":[{"name":"baseline"}]}}',
  "noPacks.json": '{"organization-conformance-pack-required-packs":"mandatory"}',
  "disabled.json":
    '{"organization-conformance-pack-required-packs":{"enforcementLevel":"disabled","packs":[{"name":"baseline"}]}}',
  "allDisabled.json":
    '{"all":"disabled","organization-conformance-pack-required-packs":{"packs":[{"name":"baseline"}]}}',
  "otherPolicy.json": '{"organization-conformance-pack-settled":{"enforcementLevel":"advisory"}}',
  "typo.json": '{"packs":[{"name":"baseline","tolerat":{}}]}',
  "badExpiry.json":
    '{"packs":[{"name":"baseline","tolerate":{"accounts":[{"accountId":"123456789012","reason":"x","expires":"soon"}]}}]}',
};

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-cli-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});

afterAll(() => rm(folder, { recursive: true }));

const table: readonly Case[] = [
  // Commands and flags.
  refused(["Unknown command 'sttaus'", "Did you mean status?"], "sttaus"),
  refused(["Unknown option '--regoin'", "Did you mean --region?"], "status", "a", "--regoin", "x"),
  refused(["Unknown option '--exit-codes'", "Did you mean --exit-code?"], "report", "x", "--exit-codes"),
  refused(["Unknown option '--regions'", "Did you mean --region?"], "emulator", "--regions", "us-east-1"),
  refused("Unknown option '--x y'.", "status", "--\u001b[31mx\ny"),
  refused("Too many arguments", "status", "a", "b"),
  refused("Too many arguments", "emulator", "stray"),
  refused(["Missing", "file"], "report"),
  refused(["--region", "A value is missing"], "status", "a", "--region"),
  refused(["--color", '"blue"', "auto, always, never"], "--color", "blue", "packs"),
  // Values.
  refused(["NAME", '"no_underscore"', "pack's name"], "status", "no_underscore"),
  refused(["NAME", '""', "pack's name"], "status", ""),
  refused(["NAME", String.raw`"\u001b[31mred\n: :error::x"`], "wait", "\u001b[31mred\n::error::x"),
  refused(["NAME", "more characters"], "status", long),
  refused(["--region", '"Virginia"', "us-east-1"], "status", "a", "-r", "Virginia"),
  refused(["--region", '""'], "status", "a", "-r", "us-east-1,"),
  refused(["--region", "listed twice"], "packs", "-r", "us-east-1", "-r", "us-east-1"),
  refused(["--role-arn", '"me"', "role's ARN"], "status", "a", "--role-arn", "me"),
  refused("--external-id goes with --role-arn", "status", "a", "--external-id", "abc"),
  refused(["--external-id", "not an external id"], "status", "a", "--external-id", "not one"),
  refused(["--endpoint-url", '"localhost:4566"', "http://"], "packs", "--endpoint-url", "localhost:4566"),
  refused(["--expected", '"everyone"', "account id"], "status", "a", "--expected", "everyone"),
  refused(["--expected", '"1"', "12 digits"], "status", "a", "--expected", `${anId},1`),
  refused("not both", "status", "a", "--expected", anId, "--expected", "organization"),
  refused("not both", "status", "a", "--expected", "organization", "--expected", anId),
  refused("--exclude goes with --expected organization", "status", "a", "--exclude", anId),
  refused("--exclude goes with --expected organization", "status", "a", "--exclude", anId, "--expected", anId),
  refused(["--detail", '"failed"', "all, unsuccessful"], "status", "a", "--detail", "failed"),
  refused("missing accounts", "status", "a", "--detail", "unsuccessful", "--expected", "organization"),
  refused("--no-aggregate", "status", "a", "--detail", "unsuccessful", "--no-aggregate"),
  refused(["--stuck-after", '"-1"', "above 0"], "status", "a", "--stuck-after=-1"),
  refused(["--stuck-after", '"1e3"'], "status", "a", "--stuck-after", "1e3"),
  refused(["--timeout", "0 is not", "86400"], "wait", "a", "--timeout", "0"),
  refused(["--poll", '"often"'], "wait", "a", "--poll", "often"),
  refused("Give the name of the pack, or --config", "status"),
  // Outputs.
  refused(["--output", '"pdf"', "junit"], "status", "a", "-o", "pdf"),
  refused(["--output", '"jsno"', 'Did you mean "json"?'], "status", "a", "-o", "jsno"),
  refused(["--output", '"html"', "text, json, jsonl"], "packs", "-o", "html"),
  refused(["--write", '"report.html"', "FORMAT=PATH"], "status", "a", "--write", "report.html"),
  refused(["--write", '"html="'], "status", "a", "--write", "html="),
  refused(["--write", '"htm"', 'Did you mean "html"?'], "status", "a", "--write", "htm=x"),
  refused(["--show", '"none"', "problems, all"], "report", "x", "--show", "none"),
  refused(["--key", '"Not a key"'], "report", "x", "--key", "Not a key"),
  refused(["--contact", '""'], "report", "x", "--contact", ""),
  refused(["--report-url", '"javascript:x"'], "report", "x", "--report-url", "javascript:x"),
  refused(["--artifact", '""'], "report", "x", "--artifact", ""),
  // Configurations.
  refused(["nowhere.json", "no such file"], "status", "--config", "nowhere.json"),
  refused(["--config .", "folder"], "status", "--config", "."),
  refused(["empty.json", "not JSON"], "status", "--config", "empty.json"),
  refused(["foreign.json", "required-packs"], "status", "--config", "foreign.json"),
  refused(["otherPolicy.json", "required-packs"], "status", "--config", "otherPolicy.json"),
  refused(["noPacks.json", "no packs"], "status", "--config", "noPacks.json"),
  refused(["list.json"], "status", "--config", "list.json"),
  refused(["disabled.json", "disabled"], "status", "--config", "disabled.json"),
  refused(["allDisabled.json", "disabled"], "status", "--config", "allDisabled.json"),
  refused(["typo.json"], "status", "--config", "typo.json"),
  refused(["badExpiry.json"], "status", "--config", "badExpiry.json"),
  refused(
    ["config.json names no pack basline", 'Did you mean "baseline"?'],
    "status",
    "basline",
    "--config",
    "config.json",
  ),
  refused("--expected does not go with --config", "status", "--config", "config.json", "--expected", anId),
  refused("--owner-tag does not go with --config", "status", "--config", "config.json", "--owner-tag", "owner"),
  refused(["--owner-tag", '"owner;"', "the key of a tag"], "status", "a", "--owner-tag", "owner;"),
  refused(["--owner-tag", '""', "the key of a tag"], "init", "--owner-tag", ""),
  refused("give one --region", "status", "--config", "config.json", "-r", "us-east-1,eu-west-1"),
  { ...refused("No region is set: give --region", "status", "a"), env: { AWS_REGION: undefined } },
  { ...refused(["AWS_REGION", '"Virginia"'], "status", "a"), env: { AWS_REGION: "Virginia" } },
  // Saved statuses.
  { args: ["report", "nowhere"], code: 4, says: ["nowhere", "no such file"] },
  { args: ["report", "empty.json"], code: 4, says: ["empty.json", "empty"] },
  { args: ["report", "text.json"], code: 4, says: ["text.json", "not JSON"] },
  { args: ["report", "foreign.json"], code: 4, says: ["foreign.json", "not a status file"] },
  { args: ["report", "otherKind.json"], code: 4, says: ["otherKind.json", '"Pod"'] },
  { args: ["report", "newer.json"], code: 4, says: ["newer.json", "format version 9"] },
  { args: ["report", "damaged.json"], code: 4, says: ["damaged.json", "members"] },
  { args: ["report", "cut.json"], code: 4, says: ["cut.json", "not JSON"] },
  { args: ["report", "-"], code: 4, says: ["stdin", "empty"] },
  { args: ["report", "-"], input: "null", code: 4, says: ["stdin", "not a status file"] },
  { args: ["report", ".", "--quiet"], code: 4, says: ["No status was found"] },
  { args: ["report", "nothing.json", "--quiet"], code: 4, says: ["No status was found"] },
  { args: ["report", "state.json", "--quiet"], code: 4, says: ["No status was found"] },
  { args: ["report", "log.json", "--quiet"], code: 4, says: ["No status was found"] },
  { args: ["diff", "nowhere", "empty.json"], code: 4, says: ["nowhere", "no such file"] },
  // The emulator.
  ...["", " 1", "1.5", "1e3", "0x10", "١", "-0", "NaN", "65536", "99999999"].map((value) =>
    refused(["--port", `"${value}"`, "0 to 65535"], "emulator", `--port=${value}`),
  ),
  refused(["--members", '"1000001"', "0 to 1000000"], "emulator", "--members", "1000001"),
  refused(["--failing", '"-1"'], "emulator", "--failing=-1"),
  refused(["--in-progress", '"many"'], "emulator", "--in-progress", "many"),
  refused(["--latency", '"600001"', "0 to 600000"], "emulator", "--latency", "600001"),
  refused(["--rollout", '"1h"', "0 to 86400"], "emulator", "--rollout", "1h"),
  refused(
    ["--members", "2 failing and 2 in progress", "into 3"],
    "emulator",
    "--members=3",
    "--failing=2",
    "--in-progress=2",
  ),
  refused(["--pack", '"no_underscore"'], "emulator", "--pack", "no_underscore"),
  refused(["--pack", String.raw`"base\u{202e}enil"`], "emulator", "--pack", "base\u202eenil"),
  refused(["--region", '"Virginia"'], "emulator", "--region", "us-east-1,Virginia"),
  refused(["--region", "listed twice"], "emulator", "--region", "eu-west-1,eu-west-1"),
];

function expectSentence({ code, stderr }: Ended, expected: Case): void {
  const [first = ""] = stderr.split("\n");
  let at = 0;
  for (const part of expected.says) {
    at = stderr.indexOf(part, at);
    expect({ part, at, stderr }).not.toMatchObject({ at: -1 });
    at += part.length;
  }
  expect(code).toBe(expected.code);
  expect(first).toMatch(/[.?:]$/);
  expect(stderr).not.toMatch(/^\s+at |node:|undefined|\[object/m);
  expect(stderr.length).toBeLessThan(2_000);
  for (const line of stderr.split("\n")) expect(line).not.toMatch(harm);
}

test.each(table.map((entry) => ({ ...entry, title: entry.args.join(" ").slice(0, 80) })))(
  "$title ends with a sentence and $code",
  async (entry) => {
    expectSentence(await run(entry.args, { cwd: folder, ...entry }), entry);
  },
);

test("nothing is on stdout when a command line is refused", async () => {
  expect(await run(["status", "a", "-o", "pdf"])).toMatchObject({ code: 2, stdout: "" });
});
