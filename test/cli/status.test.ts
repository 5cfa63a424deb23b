import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emulatedAccountId, type Emulator, type EmulatorOptions } from "../../emulator";
import { requiredPacksName } from "../../core/gate/requiredPacks";
import { readStatusFiles } from "../../core/statusFile/readStatusFiles";
import { atTheEnd } from "../builders/cleanUp";
import { emulate } from "../builders/emulator";
import { excepting, silent } from "../builders/exceptions";
import { type Ended, run, start, type Surroundings } from "./commandLine";

const baseline = { name: "baseline", members: 3 };
const failing: EmulatorOptions = { packs: [{ ...baseline, failing: 1 }] };

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "org-conformance-cli-"));
  atTheEnd(() => rm(path, { recursive: true }));
  return path;
}

function status({ endpoint }: Emulator, args: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return run(["status", "baseline", "--endpoint-url", endpoint, ...args], surroundings);
}

describe("the exit code", () => {
  test.each([
    { what: "all are well", emulated: { packs: [baseline] }, code: 0, says: "PASSED baseline" },
    { what: "an account failed", emulated: failing, code: 10, says: "FAILED baseline" },
    {
      what: "one is in progress",
      emulated: { packs: [{ ...baseline, inProgress: 1 }] },
      code: 11,
      says: "IN_PROGRESS baseline",
    },
    {
      what: "there is no member",
      emulated: { packs: [{ ...baseline, members: 0 }] },
      code: 12,
      says: "INCOMPLETE baseline",
    },
    { what: "there is no such pack", emulated: { packs: [] }, code: 4, says: "No organization conformance pack" },
    { what: "access is denied", emulated: { ...failing, allowedActions: [] }, code: 3, says: "Access denied" },
  ])("is $code when $what, and the report says why", async ({ code, emulated, says }) => {
    const ended = await status(await emulate(emulated), []);
    expect(ended).toMatchObject({ code, stderr: "", stdout: expect.stringContaining(says) as string });
  });

  test.each([
    { code: 0, emulated: failing },
    { code: 4, emulated: { packs: [] } },
  ])("is $code with --exit-zero, which forgives verdicts and no errors", async ({ code, emulated }) => {
    expect((await status(await emulate(emulated), ["--exit-zero"])).code).toBe(code);
  });

  test.each<[form: string, config: object]>([
    ["a list of packs", [{ name: "baseline" }]],
    ["the settings of required packs", { packs: [{ name: "baseline" }] }],
    ["a configuration", { [requiredPacksName]: { packs: [{ name: "baseline" }] } }],
    [
      "a configuration of version 2",
      { version: 2, policies: { [requiredPacksName]: { packs: [{ name: "baseline" }] } } },
    ],
  ])("is that of the pack in %s", async (_form, config) => {
    const { endpoint } = await emulate({ packs: [{ ...baseline, failing: 1 }] });
    const path = join(await folder(), "packs.json");
    await writeFile(path, JSON.stringify(config));
    expect((await run(["status", "--config", path, "--endpoint-url", endpoint])).code).toBe(10);
  });

  test("of several packs is that of the worst: an error before a verdict", async () => {
    const { endpoint } = await emulate({ packs: [{ ...baseline, failing: 1 }] });
    const config = join(await folder(), "packs.json");
    await writeFile(config, JSON.stringify([{ name: "baseline" }, { name: "unknown" }]));
    const ended = await run(["status", "--config", config, "--endpoint-url", endpoint]);
    expect(ended.code).toBe(4);
    expect(ended.stdout).toContain("FAILED baseline");
    expect(ended.stdout).toContain("NOT_LOOKED_UP unknown");
    // One of them by its name.
    expect((await run(["status", "baseline", "--config", config, "--endpoint-url", endpoint])).code).toBe(10);
  });
});

describe("--owner-tag", () => {
  const owned: EmulatorOptions = {
    ...failing,
    organization: {
      accounts: [{ id: "111111111111" }, { id: emulatedAccountId(1), tags: { "cost center": "team-payments" } }],
    },
  };
  const formats = ["text", "json", "jsonl", "csv", "markdown", "html", "junit"];

  test.each(formats)("names owners in %s, and --redact leaves them out", async (format) => {
    const emulator = await emulate(owned);
    const flags = ["--owner-tag", "cost center", "-o", format];
    const open = await status(emulator, flags);
    expect(open).toMatchObject({ code: 10, stdout: expect.stringContaining("team-payments") as string });
    const redacted = await status(emulator, [...flags, "--redact"]);
    expect(redacted).toMatchObject({ code: 10, stdout: expect.not.stringContaining("team-payments") as string });
  });

  test.each(formats)("whose permission is missing changes no exit code, and %s says so", async (format) => {
    const emulator = await emulate(owned);
    emulator.injectFault({ kind: "accessDenied", operation: "ListTagsForResource" });
    const ended = await status(emulator, ["--owner-tag", "cost center", "-o", format]);
    expect(ended.code).toBe(10);
    // JUnit and the tables have no place for what is about no row.
    const says = ["csv", "jsonl", "junit"].includes(format) ? "CREATE_FAILED" : "organizations:ListTagsForResource";
    expect(ended.stdout.replaceAll("`", "")).toContain(says);
  });
});

describe("the outputs", () => {
  test("one lookup is written in every form, each as a whole", async () => {
    const { endpoint, requests } = await emulate(failing);
    const path = await folder();
    const formats = ["text", "json", "jsonl", "csv", "markdown", "html", "junit"];
    const writes = formats.flatMap((format) => ["--write", `${format}=${join(path, format)}`]);
    expect((await status({ endpoint } as Emulator, writes)).code).toBe(10);
    expect((await readdir(path)).sort()).toEqual(formats.toSorted());
    for (const format of formats) expect(await readFile(join(path, format), "utf8")).toContain("baseline");
    expect(requests.filter(({ operation }) => operation.startsWith("GetOrganization"))).toHaveLength(1);
  });

  test("a file that others may not read stays so", async () => {
    const path = join(await folder(), "report.html");
    await writeFile(path, "old", { mode: 0o600 });
    expect((await status(await emulate(failing), ["--write", `html=${path}`])).code).toBe(10);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toContain("baseline");
  });

  test("an output that can't be written is 1, in a sentence, and keeps no other from being written", async () => {
    const path = await folder();
    const ended = await status(await emulate(failing), [
      ...["--write", `html=${join(path, "none", "x.html")}`],
      ...["--write", `csv=${join(path, "x.csv")}`],
      ...["--write", "json=/dev/full"],
    ]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("FAILED baseline");
    expect(ended.stderr).toBe(
      `${join(path, "none", "x.html")} can't be written. There is no such file or folder.\n/dev/full can't be written. No space is left on the device.\n`,
    );
    expect(await readdir(path)).toEqual(["x.csv"]);
  });

  test("a full disk behind stdout is 1, and a sentence", async () => {
    const ended = await status(await emulate(failing), [], { stdoutFile: "/dev/full" });
    expect(ended).toMatchObject({
      code: 1,
      stderr: "The output can't be written. No space is left on the device.\n",
    });
  });

  test("a reader that has closed the pipe changes nothing", async () => {
    const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 5_000, failing: 1 }] });
    const { child, ended } = start(["status", "baseline", "--endpoint-url", endpoint, "-o", "json"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ code: 10, stderr: "" });
  });

  test("the job summary is appended to, where there is one", async () => {
    const summary = join(await folder(), "summary.md");
    await writeFile(summary, "# Before\n");
    const emulator = await emulate(failing);
    await status(emulator, ["--github-summary"], { env: { GITHUB_STEP_SUMMARY: summary } });
    expect(await readFile(summary, "utf8")).toMatch(/^# Before\n\n[^]*Conformance gate: blocked/);
    expect((await status(emulator, ["--github-summary"])).code).toBe(10);
  });

  test("a job summary stays within GitHub's limit, whatever other steps wrote", async () => {
    const summary = join(await folder(), "summary.md");
    await writeFile(summary, "x".repeat(895_000));
    const emulator = await emulate({ packs: [{ name: "baseline", members: 3_000, failing: 2_900 }] });
    const { code } = await status(emulator, ["--github-summary"], { env: { GITHUB_STEP_SUMMARY: summary } });
    expect(code).toBe(10);
    const text = await readFile(summary, "utf8");
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(900_000);
    expect(text.length).toBeGreaterThan(895_000);
  });

  test("--redact leaves no account id and no name in any of them", async () => {
    const emulator = await emulate(failing);
    for (const format of ["text", "json", "jsonl", "csv", "markdown", "html", "junit"]) {
      const { stdout } = await status(emulator, ["-o", format, "--redact", "--expected", "organization"]);
      expect(stdout).toContain("baseline");
      expect(stdout).not.toMatch(/(?<!\d)\d{12}(?!\d)|account-\d/);
    }
  });

  test("a pipe gets no colour and no cut line, except with --color always or FORCE_COLOR", async () => {
    const emulator = await emulate(failing);
    const colours = "\u001b[";
    const cases = [
      { args: [], env: {}, isColoured: false },
      { args: ["--color", "always"], env: { NO_COLOR: "1" }, isColoured: true },
      { args: [], env: { FORCE_COLOR: "1" }, isColoured: true },
      { args: [], env: { FORCE_COLOR: "1", NO_COLOR: "1" }, isColoured: true },
      { args: ["--color", "never"], env: { FORCE_COLOR: "1" }, isColoured: false },
      { args: [], env: { NO_COLOR: "1", COLUMNS: "20" }, isColoured: false },
    ];
    for (const { args, env, isColoured } of cases) {
      const { stderr, stdout } = await status(emulator, args, { env });
      expect({ args, env, isColoured: stdout.includes(colours), stderr }).toEqual({
        args,
        env,
        isColoured,
        stderr: "",
      });
    }
  });

  test("what can't be looked up is on stderr, too, when a machine reads stdout", async () => {
    const ended = await status(await emulate({ packs: [] }), ["-o", "json"]);
    expect(readStatusFiles(ended.stdout)).toMatchObject([{ verdict: null, exitCode: 4 }]);
    expect(ended.stderr).toMatch(/^No organization conformance pack named "baseline" in us-east-1\.\n/);
  });
});

test("an error names flags where a program would have arguments", async () => {
  const allowedActions = ["config:GetOrganizationConformancePackDetailedStatus"];
  const { stdout } = await status(await emulate({ ...failing, allowedActions }), []);
  expect(stdout).toContain("Without it, give --no-aggregate;");
});

test("says who asked, and does without it where STS does not answer", async () => {
  const emulator = await emulate(failing);
  expect((await status(emulator, [])).stdout).toContain("from 111111111111.");
  emulator.injectFault({ kind: "accessDenied", operation: "GetCallerIdentity" });
  expect(await status(emulator, [])).toMatchObject({
    code: 10,
    stdout: expect.not.stringContaining("from 1") as string,
  });
});

test("packs lists what the caller sees, a region after the other", async () => {
  const { endpoint } = await emulate({
    packs: [
      { ...baseline, failing: 1 },
      { name: "other", members: 1, region: "eu-west-1" },
    ],
  });
  const ended = await run(["packs", "-r", "us-east-1,eu-west-1,sa-east-1", "--endpoint-url", endpoint]);
  expect(ended).toMatchObject({ code: 0, stderr: "" });
  expect(ended.stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
    ["REGION", "PACK", "AWS SAYS"],
    ["us-east-1", "baseline", expect.stringMatching(/^CREATE_FAILED/)],
    ["eu-west-1", "other", "CREATE_SUCCESSFUL"],
    ["sa-east-1", "no packs visible"],
    [""],
  ]);
  const { stdout } = await run(["packs", "-r", "eu-west-1", "--endpoint-url", endpoint, "-o", "jsonl"]);
  expect(JSON.parse(stdout)).toMatchObject({ name: "other", region: "eu-west-1", status: "CREATE_SUCCESSFUL" });
});

test("packs says which region it could not read, and ends with the code of that", async () => {
  const emulator = await emulate({ packs: [baseline] });
  emulator.injectFault({ kind: "accessDenied", region: "eu-west-1" });
  const ended = await run(["packs", "-r", "us-east-1,eu-west-1", "--endpoint-url", emulator.endpoint]);
  expect(ended.code).toBe(3);
  expect(ended.stdout).toMatch(/us-east-1 +baseline[^]*eu-west-1 +not read/);
  expect(ended.stderr).toMatch(/^Access denied by AWS Config: config:Describe\w+, for the packs in eu-west-1\./);
});

describe("--all", () => {
  const region = ["-r", "us-east-1"];
  const all = ({ endpoint }: Emulator, args: readonly string[] = []) =>
    run(["status", "--all", ...region, "--endpoint-url", endpoint, ...args]);
  const packs = [baseline, { ...baseline, name: "other", failing: 1 }, { ...baseline, name: "old", inProgress: 1 }];

  test("looks up every pack that the caller sees, each in the regions that list it", async () => {
    const emulator = await emulate({ packs: [...packs, { ...baseline, name: "far", region: "eu-west-1" }] });
    const ended = await all(emulator, ["-r", "eu-west-1", "-o", "json"]);
    expect(ended).toMatchObject({ code: 10, stderr: "" });
    expect(readStatusFiles(ended.stdout).map(({ by, name, regions, verdict }) => [by, name, regions, verdict])).toEqual(
      [
        ["commandLine", "baseline", ["us-east-1"], "PASSED"],
        ["commandLine", "far", ["eu-west-1"], "PASSED"],
        ["commandLine", "old", ["us-east-1"], "IN_PROGRESS"],
        ["commandLine", "other", ["us-east-1"], "FAILED"],
      ],
    );
  });

  test("without those that --except names; a name that matches nothing is a remark", async () => {
    const ended = await all(await emulate({ packs }), ["--except", "other,old,gone"]);
    expect(ended).toMatchObject({ code: 0, stderr: 'There is no pack "gone" to except. Remove it from --except.\n' });
    expect(ended.stdout).toContain("PASSED baseline");
    expect(ended.stdout).not.toMatch(/other|old/);
    const quiet = await all(await emulate({ packs }), ["--except", "other,old,gone", "--quiet"]);
    expect(quiet).toMatchObject({ code: 0, stderr: "" });
  });

  test.each([
    {
      what: "sees no pack",
      emulated: {},
      args: [],
      code: 4,
      says: "sees no organization conformance pack in us-east-1",
    },
    {
      what: "excepts every pack",
      emulated: { packs: [baseline] },
      args: ["--except", "baseline"],
      code: 4,
      says: "is excepted: baseline",
    },
    {
      what: "sees none in one of the regions",
      emulated: { packs: [baseline] },
      args: ["-r", "eu-west-1"],
      code: 4,
      says: "sees no organization conformance pack in eu-west-1",
    },
    {
      what: "may not list them",
      emulated: { packs: [baseline], allowedActions: [] },
      args: [],
      code: 3,
      says: "Access denied",
    },
  ])("is $code, whatever the others are, for who $what", async ({ args, code, emulated, says }) => {
    const ended = await all(await emulate(emulated), [...args, "--exit-zero"]);
    expect(ended.code).toBe(code);
    expect(ended.stdout).toContain("NOT_LOOKED_UP *");
    expect(ended.stdout).toContain(says);
  });

  test.each([
    { args: ["--all", "baseline"], says: "--all stands for every pack: leave the name out." },
    { args: ["--all", "--config", "x.json"], says: "--all does not go with --config" },
    { args: ["baseline", "--except", "other"], says: "--except goes with --all only." },
    { args: ["--all", "--except", "an other"], says: "is not an organization conformance pack's name" },
  ])("refuses $args", async ({ args, says }) => {
    const ended = await run(["status", ...args, ...region]);
    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(says) as string });
  });

  test("a list with one region without packs and one that break glass lets pass says both", async () => {
    const emulator = await emulate({ packs });
    const operation = "DescribeOrganizationConformancePacks";
    emulator.injectFault({ kind: "serverError", operation, region: "us-west-2" });
    const config = join(await folder(), "packs.json");
    const regions = ["us-east-1", "eu-north-1", "us-west-2"];
    await writeFile(config, JSON.stringify([{ name: "*", regions, maxAttempts: 1, tolerate: silent(4) }]));
    const ended = await run(["status", "--config", config, "--endpoint-url", emulator.endpoint]);
    expect(ended.code).toBe(4);
    expect(ended.stdout).toMatch(/The caller sees no organization conformance pack in eu-north-1\./);
    expect(ended.stdout).toMatch(
      /Which packs there are in us-west-2 is not known\..* It passes until .* because of tolerate.unanswered/,
    );
    expect(ended.stdout).not.toContain("matches nothing");
  });

  test("an exception for all packs that none of them needs is a remark, once", async () => {
    const { endpoint } = await emulate({ packs });
    const config = join(await folder(), "packs.json");
    await writeFile(config, JSON.stringify([{ name: "*", except: ["old"], tolerate: excepting(999) }]));
    const ended = await run(["status", "--config", config, ...region, "--endpoint-url", endpoint]);
    expect(ended).toMatchObject({ code: 10, stdout: expect.not.stringContaining("matches nothing") as string });
    expect(
      ended.stderr.match(/The exception for \d{12} matches nothing: no pack needs it\. Remove it\./g),
    ).toHaveLength(1);
  });

  test("a configuration with all packs is looked up as the policy does, and can't be waited for", async () => {
    const { endpoint } = await emulate({ packs });
    const config = join(await folder(), "packs.json");
    await writeFile(config, JSON.stringify([{ name: "*", except: ["old"], tolerate: { maxFailedAccounts: 1 } }]));
    const ended = await run(["status", "--config", config, ...region, "--endpoint-url", endpoint]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("PASSED other");
    const waited = await run(["wait", "--config", config, ...region, "--endpoint-url", endpoint]);
    expect(waited).toMatchObject({ code: 2, stderr: expect.stringContaining('names "*"') as string });
  });
});
