import Ajv from "ajv";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeStatusFile } from "../../core/statusFile/writeStatusFile";
import { serializeStatusFiles } from "../../core/statusFile/serialize";
import { encodeState } from "../../provider/gateState";
import { organizationConformancePackStatusType, pluginStatusType } from "../../provider/pulumiTokens";
import { redact } from "../../report/redact";
import { atTheEnd } from "../builders/cleanUp";
import { failing, rows } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { reportStates } from "../builders/reportStates";
import { fileOf, lookup } from "../builders/statusFile";
import { run } from "./commandLine";

const status = statusOf(failing(1, 3));
const blocked = fileOf(status);
const urn = `urn:pulumi:dev::shop::${organizationConformancePackStatusType}::baseline`;
const state = {
  ...encodeState(status, new Date("2026-03-15T12:00:00.000Z")),
  name: "baseline",
  regions: ["us-east-1"],
};
const unsettled = {
  ...state,
  ...encodeState(statusOf(rows("CREATE_FAILED", "CREATE_IN_PROGRESS")), new Date()),
  waitForSettled: true,
};
const unknown = { name: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
const resource = (properties: object, others: object = {}) => ({
  urn,
  type: organizationConformancePackStatusType,
  inputs: properties,
  ...others,
});
const events = (...given: readonly object[]): string =>
  given.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join("");

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "org-conformance-cli-"));
  atTheEnd(() => rm(path, { recursive: true }));
  return path;
}

const requiredPacks = /required packs are not in it/;

test.each([
  { what: "a status file", text: serializeStatusFiles([blocked]), remark: /^$/ },
  { what: "a list", text: serializeStatusFiles([blocked, fileOf(status)]), remark: /^$/ },
  { what: "a file with a byte order mark", text: `\uFEFF${serializeStatusFiles([blocked])}`, remark: /^$/ },
  {
    what: "a preview",
    text: JSON.stringify({ steps: [{ op: "create", newState: resource(state) }] }),
    remark: requiredPacks,
  },
  {
    what: "an event log",
    text: events(
      { stdoutEvent: {} },
      { resourcePreEvent: { metadata: { new: resource(state) } } },
      { policyEvent: { message: "No." } },
    ),
    remark: /1 violation of policies is in it as text only/,
  },
  {
    what: "an event log that is cut",
    text: `${events({ resourcePreEvent: { metadata: { new: resource(state) } } })}{"sequen`,
    remark: requiredPacks,
  },
  {
    what: "a state",
    text: JSON.stringify({ version: 3, deployment: { resources: [resource({}, { outputs: state })] } }),
    remark: /the state of the last update/,
  },
])("renders $what, from a file and from stdin, and says what is not in it", async ({ remark, text }) => {
  const path = join(await folder(), "saved");
  await writeFile(path, text);
  for (const ended of [await run(["report", path]), await run(["report", "-"], { input: text })]) {
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(/^(2 of 2 packs did not pass\.\n\n)?FAILED baseline: 1 of 3 accounts failed/);
    expect(ended.stderr).toMatch(remark);
  }
  expect((await run(["report", path, "--exit-code", "--quiet"])).code).toBe(10);
  expect((await run(["report", path, "--quiet"])).stderr).toBe("");
});

const passed = { ...encodeState(statusOf(failing(0, 3)), new Date()), name: "baseline", regions: ["us-east-1"] };
const error = { severity: "error", message: "error: Access denied by AWS Config.\nNext: Ask." };

const unknownName = `Gate "baseline2" has an argument that is not known yet, so nothing was looked up.`;
const denied = (gate: string) => `Gate "${gate}" ended in an error: Access denied by AWS Config.`;

describe("a gate that was not judged", () => {
  test.each<[what: string, text: string, says: string]>([
    [
      "has an unknown argument in a preview",
      JSON.stringify({
        steps: [{ newState: resource(passed) }, { newState: { ...resource(unknown), urn: `${urn}2` } }],
      }),
      unknownName,
    ],
    [
      "ended in an error in a preview",
      JSON.stringify({ steps: [{ newState: resource(passed) }], diagnostics: [{ ...error, urn: `${urn}2` }] }),
      denied("baseline2"),
    ],
    [
      "ended in an error in an event log",
      events(
        { resourcePreEvent: { metadata: { new: resource(passed) } } },
        { diagnosticEvent: { ...error, urn: `${urn}2` } },
      ),
      denied("baseline2"),
    ],
    [
      "ended in an error after it had passed",
      events({ resourcePreEvent: { metadata: { new: resource(passed) } } }, { diagnosticEvent: { ...error, urn } }),
      denied("baseline"),
    ],
  ])("and %s fails in every report, and --exit-code does not pass", async (_what, input, says) => {
    const ended = await run(["report", "-", "--exit-code", "--quiet"], { input });
    expect(ended.code).toBe(4);
    expect(ended.stdout).toContain("NOT_LOOKED_UP baseline");
    expect(ended.stdout).toContain(says);
    const junit = await run(["report", "-", "-o", "junit"], { input });
    expect(junit.code).toBe(0);
    expect(/<error\b[^>]*>[^]*?<\/error>/.exec(junit.stdout)?.[0].replaceAll("&quot;", '"')).toContain(says);
  });

  const earlier = { ...passed, lookedUpAt: "2026-01-01T00:00:00.000Z" };
  const waiting = { ...state, waitForSettled: true };
  const ofPlugin = { type: pluginStatusType };
  test.each<[what: string, newState: object, oldState: object | undefined]>([
    ["kept its status", resource(earlier, { outputs: earlier }), resource(earlier, { outputs: earlier })],
    [
      "stayed the same in the run before",
      resource(passed, { outputs: earlier }),
      resource(passed, { outputs: earlier }),
    ],
    ["would be waited for", resource(waiting, { outputs: waiting }), resource(waiting, { outputs: waiting })],
    [
      "had a trigger that changed then",
      resource({ ...passed, triggersChanged: true }, ofPlugin),
      resource({ ...passed, triggersChanged: true }, ofPlugin),
    ],
    ["is new, and was not checked", resource({ name: "baseline" }), undefined],
  ])("because the run left it out, and that %s, fails in every report", async (_what, newState, oldState) => {
    const [old, metadata] = [{ oldState }, { old: oldState, new: newState }];
    const preview = JSON.stringify({ steps: [{ op: "same", newState, ...old }] });
    for (const input of [preview, events({ resourcePreEvent: { metadata: { op: "same", ...metadata } } })]) {
      const ended = await run(["report", "-", "--exit-code", "--quiet"], { input });
      expect(ended.code).toBe(4);
      expect(ended.stdout).toContain('Gate "baseline" was not looked up by this run.');
    }
  });

  test.each([
    ["a preview", resource(passed, { outputs: earlier }), resource(earlier, { outputs: earlier })],
    ["a refresh", resource(passed, { outputs: passed }), resource(earlier, { outputs: earlier })],
  ])("is none that stays the same and was looked up again, in %s", async (_what, newState, oldState) => {
    const input = JSON.stringify({ steps: [{ op: "same", newState, oldState }] });
    expect((await run(["report", "-", "--exit-code"], { input })).code).toBe(0);
  });

  test.each([
    ["an update that was killed in the wait", {}, 10],
    ["a preview, whose update waits", { planning: true }, 0],
  ])("before the wait has ended, in the event log of %s: %j", async (_what, planning, code) => {
    const input = events({ resourcePreEvent: { ...planning, metadata: { op: "create", new: resource(unsettled) } } });
    expect((await run(["report", "-", "--exit-code", "--quiet"], { input })).code).toBe(code);
  });

  test("is not one that failed and was refused for it, nor a resource that is no gate", async () => {
    const other = { ...error, urn: "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs" };
    const input = JSON.stringify({
      steps: [{ newState: resource(state) }],
      diagnostics: [{ ...error, urn }, other, { ...error, severity: "warning", urn: `${urn}2` }],
    });
    const { code, stdout } = await run(["report", "-", "--exit-code", "--quiet"], { input });
    expect(code).toBe(10);
    expect(stdout).not.toContain("NOT_LOOKED_UP");
  });

  test.each([
    ["the class", resource({ name: "baseline", verdict: unknown.name })],
    ["the plugin", resource({ ...passed, triggersChanged: true }, { type: pluginStatusType })],
  ])("by %s because a trigger has changed is a remark: the update judges it", async (_front, newState) => {
    const other = { ...resource(passed), urn: `${urn}2` };
    const input = JSON.stringify({ steps: [{ newState }, { newState: other }] });
    const ended = await run(["report", "-", "--exit-code"], { input });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain(`${urn}: a trigger has changed, so the update puts the pack and judges it.\n`);
  });
});

test("renders the folder of a run, and several inputs together", async () => {
  const path = await folder();
  writeStatusFile(path, blocked, lookup());
  const other = join(path, "other.txt");
  await writeFile(other, serializeStatusFiles([fileOf({ ...statusOf(failing(0, 3)), name: "other" })]));
  expect((await run(["report", path])).stdout).toMatch(/^FAILED baseline/);
  const { stdout } = await run(["report", other, path]);
  expect(stdout).toContain("FAILED baseline");
  expect(stdout).toContain("PASSED other");
});

test("a gate whose status can't be read leaves no result, although another one passed", async () => {
  const text = JSON.stringify({
    steps: [
      { newState: resource(passed) },
      { newState: { ...resource({ ...passed, formatVersion: 9 }), urn: `${urn}2` } },
    ],
  });
  const markdown = join(await folder(), "comment.md");
  const ended = await run(["report", "-", "--quiet", "--write", `markdown=${markdown}`], { input: text });
  expect(ended.code).toBe(4);
  expect(ended.stderr).toContain("baseline2: This resource holds no status that can be judged.");
  expect(await readFile(markdown, "utf8")).toMatch(/no result/i);
});

test("shows what changed between two statuses", async () => {
  const path = await folder();
  const [before, after] = [join(path, "before.json"), join(path, "after.json")];
  await writeFile(before, serializeStatusFiles([blocked]));
  await writeFile(after, serializeStatusFiles([fileOf(statusOf(failing(0, 3)))]));
  const ended = await run(["diff", before, after]);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout).toMatch(/^baseline: FAILED → PASSED/);
  expect(ended.stdout).toContain("000000000001");
  const redacted = await run(["diff", before, after, "--redact", "-o", "json"]);
  expect(redacted.stdout).toContain('"…0001"');
  expect(redacted.stdout).not.toContain("000000000001");
  expect((await run(["diff", before, after, "-o", "markdown"])).stdout).toContain("`000000000001`");
});

test("diff as JSON is what the published schema says", async () => {
  const isValid = new Ajv({ allErrors: true, formats: { "date-time": true } }).compile(
    JSON.parse(await readFile(join(__dirname, "../../schemas/changes.schema.json"), "utf8")) as object,
  );
  const path = await folder();
  const [before, after] = [join(path, "before.json"), join(path, "after.json")];
  await writeFile(before, serializeStatusFiles(reportStates.earlierPacks()));
  await writeFile(after, serializeStatusFiles(reportStates.severalPacks()));
  const { code, stdout } = await run(["diff", before, after, "-o", "json"]);
  const changes = JSON.parse(stdout) as { readonly packs: readonly { readonly name: string }[] };
  expect(code).toBe(0);
  expect(isValid(changes) ? [] : isValid.errors).toEqual([]);
  expect(changes).toMatchObject({
    kind: "OrganizationConformancePackChanges",
    addedPacks: ["pci-dss", "cis-foundations"],
  });
  expect(isValid({ ...changes, packs: [{ name: "x" }] })).toBe(false);
});

test.each([
  { previous: "earlier.json", says: "", shows: true },
  { previous: "nowhere.json", says: "Nothing is compared: the previous status can't be read.", shows: false },
  { previous: "redacted.json", says: "is redacted, so its accounts can't be told apart.", shows: false },
])("report --previous $previous", async ({ previous, says, shows }) => {
  const path = await folder();
  const now = join(path, "now.json");
  await writeFile(join(path, "earlier.json"), serializeStatusFiles(reportStates.earlierPacks()));
  await writeFile(join(path, "redacted.json"), serializeStatusFiles(redact(reportStates.earlierPacks())));
  await writeFile(now, serializeStatusFiles(reportStates.severalPacks()));
  const page = join(path, "page.html");
  const flags = ["--previous", join(path, previous), "-o", "markdown", "--write", `html=${page}`];
  const ended = await run(["report", now, ...flags]);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain(says);
  for (const text of [ended.stdout, await readFile(page, "utf8")]) {
    expect(/What has changed[^]*Failed since then/.test(text)).toBe(shows);
  }
});
