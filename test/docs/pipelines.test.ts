import { execFile, execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { serializeStatusFiles } from "../../core/statusFile/serialize";
import { atTheEnd } from "../builders/cleanUp";
import { failing } from "../builders/members";
import { statusOf } from "../builders/packStatus";
import { fileOf } from "../builders/statusFile";
import { bundle } from "../cli/commandLine";

// The shell of the pipelines that the documentation offers, as it stands there. GitHub, Pulumi and npx are stand-ins.

const repository = join(__dirname, "../..");
const blocked = fileOf(statusOf(failing(1, 3)));
const passed = fileOf(statusOf(failing(0, 3)));

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

async function githubSteps(): Promise<readonly Step[]> {
  const text = await readFile(join(repository, "docs/workflows/conformance-gate.yml"), "utf8");
  return (load(text) as { jobs: { preview: { steps: readonly Step[] } } }).jobs.preview.steps;
}

async function scriptOf(name: string): Promise<string> {
  const script = (await githubSteps()).find((step) => step.name === name)?.run;
  if (script === undefined) throw new Error(`There is no step ${name}.`);
  return script;
}

/** A comment of a pull request. */
interface Comment {
  readonly id: number;
  readonly login: string;
  readonly body: string;
}

interface Given {
  /** The outcome of the step that runs the preview. Default: `success`. */
  readonly preview?: "success" | "failure";
  readonly statuses?: Readonly<Record<string, string>>;
  readonly comments?: readonly Comment[];
  /** The exit code of `gh`: GitHub refuses. */
  readonly refuses?: "reading" | "writing";
  readonly previewCode?: number;
  /** The status that the main branch keeps; a run without one has lost its artifact. */
  readonly main?: { readonly run?: string; readonly status?: string; readonly refuses?: boolean };
}

/** A machine of a pipeline, with its stand-ins on PATH. */
async function machine({ comments = [], main = {}, previewCode = 0, refuses, statuses = {} }: Given) {
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-pipeline-"));
  atTheEnd(() => rm(folder, { recursive: true }));
  for (const name of ["bin", "conformance", "pages"]) await mkdir(join(folder, name));
  // Two comments a page: the one that is looked for may be on any.
  for (let page = 0; page * 2 < comments.length; page += 1) {
    const shown = comments.slice(page * 2, page * 2 + 2).map(({ body, id, login }) => ({ id, body, user: { login } }));
    await writeFile(join(folder, "pages", `${String(page)}.json`), JSON.stringify(shown));
  }
  const stands: Readonly<Record<string, string>> = {
    npx: `shift 2; [ "$1" = pulumi-org-conformance ] || exit 127; shift; exec "${process.execPath}" "${bundle}" "$@"`,
    pulumi: `mkdir -p "$PULUMI_ORG_CONFORMANCE_STATUS_DIR"; exit ${String(previewCode)}`,
    npm: "exit 0",
    curl: `echo "$*" >> "${folder}/calls"
[ -e "${folder}/main.json" ] || { echo 'curl: (22) 404' >&2; exit 22; }
while [ "$1" != --output ]; do shift; done; cp "${folder}/main.json" "$2"`,
    gh: `echo "\${*//$'\\n'/ }" >> "${folder}/calls"
if [[ "$1 $2" == "run list" ]]; then ${main.refuses ? "echo 'HTTP 403' >&2; exit 1" : `echo "${main.run ?? ""}"; exit 0`}; fi
if [[ "$1 $2" == "run download" ]]; then
  [ -e "${folder}/main.json" ] && [ "$3" != 100 ] || { echo 'no artifact matches' >&2; exit 1; }
  while [ "$1" != --dir ]; do shift; done; mkdir -p "$2"; cp "${folder}/main.json" "$2/conformance.json"; exit 0
fi
if [[ "$*" == *--paginate* ]]; then
  ${refuses === "reading" ? "echo 'HTTP 403' >&2; exit 1" : ""}
  for page in "${folder}"/pages/*.json; do if [ -e "$page" ]; then jq -r "\${@: -1}" "$page"; fi; done
else
  ${refuses === "writing" ? "echo 'HTTP 403' >&2; exit 1" : ""}
  for last; do :; done; cp "\${last#body=@}" "${folder}/written"
fi`,
  };
  for (const [name, script] of Object.entries(stands)) {
    await writeFile(join(folder, "bin", name), `#!/usr/bin/env bash\n${script}\n`);
    await chmod(join(folder, "bin", name), 0o755);
  }
  if (main.status !== undefined) await writeFile(join(folder, "main.json"), main.status);
  const status = join(folder, "status");
  if (Object.keys(statuses).length > 0) {
    await mkdir(status);
    for (const [name, text] of Object.entries(statuses)) await writeFile(join(status, name), text);
  }
  const run = (
    script: string,
    cwd: string,
    env: Readonly<Record<string, string>> = {},
    shell = ["bash", "-eo", "pipefail"],
  ) =>
    new Promise<{ code: number; text: string }>((resolve) => {
      const [command = "", ...flags] = shell;
      const environment = {
        PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`,
        RUNNER_TEMP: folder,
        GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
        GITHUB_REPOSITORY: "my-organization/shop",
        GITHUB_SERVER_URL: "https://github.example",
        GITHUB_RUN_ID: "123",
        GITHUB_WORKFLOW: "Conformance gate",
        GITHUB_OUTPUT: join(folder, "output"),
        BRANCH: "main",
        PR: "7",
        ...env,
      };
      execFile(command, [...flags, "-c", script], { cwd, env: environment }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, text: stdout + stderr });
      });
    });
  const read = (name: string): Promise<string> => readFile(join(folder, name), "utf8").catch(() => "");
  return { folder, run, read, status };
}

/** Runs the workflow's steps Report and Comment, as GitHub does: the second one also when the first failed. */
async function reportAndComment(given: Given) {
  const { folder, read, run, status } = await machine(given);
  const found = await run(await scriptOf("Previous status"), folder);
  const previous = /^file=(.*)$/m.exec(await read("output"))?.[1] ?? "";
  const report = (await scriptOf("Report")).replace('$RUNNER_TEMP/conformance"', `${status}"`);
  const reported = await run(report, join(folder, "conformance"), { PREVIOUS: previous });
  const commented = await run(await scriptOf("Comment"), folder, { PREVIEW: given.preview ?? "success" });
  return {
    found,
    reported,
    commented,
    calls: (await read("calls"))
      .trim()
      .split("\n")
      .filter((call) => call.startsWith("api ")),
    runs: (await read("calls"))
      .trim()
      .split("\n")
      .filter((call) => call.startsWith("run ")),
    written: await read("written"),
    comment: await read("comment.md"),
    summary: await read("summary.md"),
    page: await read("conformance.html"),
  };
}

const name = "baseline.0123456789ab.preview.json";
const marker = "<!-- pulumi-org-conformance v1 key=stack -->";
const ours = { login: "github-actions[bot]", body: `${marker}\n### ❌ Old` };
const hasJq = isInstalled("jq");

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

// A machine of a person may have none; GitHub's have one.
const withJq = hasJq || process.env.CI ? describe : describe.skip;

withJq("on GitHub (with jq)", () => {
  test("a blocked preview is in the summary, the page and one new comment", async () => {
    const ended = await reportAndComment({ statuses: { [name]: serializeStatusFiles([blocked]) } });
    expect([ended.reported.code, ended.commented.code]).toEqual([0, 0]);
    expect(ended.written).toBe(ended.comment);
    expect(ended.comment.split("\n", 1)).toEqual([marker]);
    expect(ended.comment).toContain("Conformance gate: blocked");
    expect(ended.comment).toContain("YOUR-TEAM");
    expect(ended.comment).toContain(
      "[Full report](<https://github.example/my-organization/shop/actions/runs/123>). The status files are in the artifact `conformance-status`.",
    );
    expect(ended.summary).toContain("Conformance gate: blocked");
    expect(ended.page).toContain("<title>FAILED");
    expect(ended.calls.map((call) => call.split(" ", 3).join(" "))).toEqual([
      "api --paginate repos/my-organization/shop/issues/7/comments?per_page=100",
      "api --silent repos/my-organization/shop/issues/7/comments",
    ]);
  });

  test.each([
    { what: "the comment before is updated in place", comments: [{ ...ours, id: 41 }] },
    {
      what: "it is found on a later page",
      comments: [1, 2, 3].map((id) => ({ id, login: "x", body: "x" })).concat({ ...ours, id: 41 }),
    },
    {
      what: "the last one of two is taken",
      comments: [
        { ...ours, id: 40 },
        { ...ours, id: 41 },
      ],
    },
    {
      what: "a marker with a carriage return is the same",
      comments: [{ id: 41, login: ours.login, body: `${marker}\r\nOld` }],
    },
  ])("$what", async ({ comments }) => {
    const ended = await reportAndComment({ comments, statuses: { [name]: serializeStatusFiles([blocked]) } });
    expect(ended.calls.at(-1)).toMatch(/-X PATCH repos\/my-organization\/shop\/issues\/comments\/41 /);
    expect(ended.written).toBe(ended.comment);
  });

  test.each([
    { what: "another author's", comments: [{ ...ours, id: 41, login: "mallory" }] },
    {
      what: "one with another key",
      comments: [{ ...ours, id: 41, body: ours.body.replace("key=stack", "key=stack-2") }],
    },
    { what: "one that quotes the marker", comments: [{ ...ours, id: 41, body: `> ${ours.body}` }] },
    { what: "one with the marker further down", comments: [{ ...ours, id: 41, body: `See:\n${ours.body}` }] },
  ])("$what is left alone", async ({ comments }) => {
    const ended = await reportAndComment({ comments, statuses: { [name]: serializeStatusFiles([blocked]) } });
    expect(ended.calls.at(-1)).toMatch(/^api --silent repos\/my-organization\/shop\/issues\/7\/comments /);
  });

  test("a preview that failed is no pass, whatever it had looked up", async () => {
    const statuses = { [name]: serializeStatusFiles([passed]) };
    const { written } = await reportAndComment({ statuses, preview: "failure", comments: [{ ...ours, id: 41 }] });
    expect(written).toContain("### ❌ The preview failed before everything was judged.");
    expect(written).not.toContain("✅");
  });

  test("a gate that passes makes no comment, and updates one that says otherwise", async () => {
    const statuses = { [name]: serializeStatusFiles([passed]) };
    expect((await reportAndComment({ statuses })).written).toBe("");
    const { written } = await reportAndComment({ statuses, comments: [{ ...ours, id: 41 }] });
    expect(written).toContain("### ✅");
  });

  test.each([
    { what: "nothing was looked up", statuses: {} },
    { what: "the status can't be read", statuses: { [name]: "{" } },
    {
      what: "the status is of a later version",
      statuses: { [name]: serializeStatusFiles([passed]).replace('"schemaVersion": 1', '"schemaVersion": 9') },
    },
  ])(
    "when $what, the report fails, and comment, summary and page say that there is no result",
    async ({ statuses }) => {
      const ended = await reportAndComment({ statuses, comments: [{ ...ours, id: 41 }] });
      expect(ended.reported.code).toBe(4);
      for (const text of [ended.written, ended.summary, ended.page]) expect(text).toMatch(/no result/i);
      expect(ended.written).not.toContain("✅");
    },
  );

  test.each(["reading", "writing"] as const)(
    "a job that may not comment (%s) warns, and its result stays",
    async (refuses) => {
      const ended = await reportAndComment({ refuses, statuses: { [name]: serializeStatusFiles([blocked]) } });
      expect(ended.commented.code).toBe(0);
      expect(ended.commented.text).toContain(
        "::warning::GitHub refused the comment: does the job have pull-requests: write?",
      );
      expect(ended.written).toBe("");
    },
  );

  test("the report says what has changed since the last status of the main branch", async () => {
    const ended = await reportAndComment({
      // The newest run has no status: it ended before its preview, say.
      main: { run: "100\n99", status: serializeStatusFiles([passed]) },
      statuses: { [name]: serializeStatusFiles([blocked]) },
    });
    expect(ended.found).toMatchObject({
      code: 0,
      text: expect.stringContaining("Compared with run 99 on main.\n") as string,
    });
    expect(ended.runs[0]).toContain("--workflow Conformance gate --branch main --event push --status completed");
    expect(ended.runs[2]).toContain("run download 99 --repo my-organization/shop --name conformance-status");
    for (const text of [ended.comment, ended.page]) expect(text).toMatch(/What has changed[^]*Failed since then/);
  });

  test.each([
    { what: "has not run yet", main: {}, says: "this workflow has not yet run on main." },
    { what: "has lost its artifact", main: { run: "99" }, says: "the newest runs on main have no status any more." },
    { what: "may not be listed", main: { refuses: true }, says: "Does the job have actions: read?" },
  ])("a main branch that $what is said in the log, and nothing is compared", async ({ main, says }) => {
    const ended = await reportAndComment({ main, statuses: { [name]: serializeStatusFiles([blocked]) } });
    expect([ended.found.code, ended.reported.code]).toEqual([0, 0]);
    expect(ended.found.text).toContain(`Nothing to compare with: `);
    expect(ended.found.text).toContain(says);
    expect(ended.comment).toContain("Conformance gate: blocked");
    expect(ended.comment).not.toContain("What has changed");
  });

  test("a status of the main branch that can't be read keeps no report from being written", async () => {
    const ended = await reportAndComment({
      main: { run: "99", status: "{" },
      statuses: { [name]: serializeStatusFiles([blocked]) },
    });
    expect(ended.reported.code).toBe(0);
    expect(ended.reported.text).toContain("Nothing is compared: the previous status can't be read.");
    expect(ended.comment).toContain("Conformance gate: blocked");
  });

  test("a report without its marker is not commented", async () => {
    const { folder, read, run } = await machine({});
    for (const text of [undefined, "", "### ❌ No marker\n"]) {
      if (text !== undefined) await writeFile(join(folder, "comment.md"), text);
      const { code, text: said } = await run(await scriptOf("Comment"), folder);
      expect({ code, said }).toEqual({
        code: 0,
        said: expect.stringContaining("::warning::There is no report") as string,
      });
    }
    expect(await read("calls")).toBe("");
  });
});

test("on GitHub, report and comment run also when the preview is blocked, but not for a fork, which is refused", async () => {
  const steps = await githubSteps();
  const after = steps.slice(steps.findIndex(({ uses }) => uses?.startsWith("pulumi/actions@")) + 1);
  const always = "!cancelled() && steps.pack.outcome == 'success'";
  expect(after.map((step) => [step.name ?? step.with?.name, step.if])).toEqual([
    ["Previous status", `\${{ ${always} && github.event_name == 'pull_request' }}`],
    ["Report", `\${{ ${always} }}`],
    [undefined, `\${{ ${always} }}`],
    ["conformance-status", `\${{ ${always} }}`],
    ["Comment", `\${{ ${always} && github.event_name == 'pull_request' }}`],
  ]);
  expect(steps[0]?.if).toBe(
    "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name != github.repository",
  );
  expect(after.find(({ uses }) => uses)?.with).toMatchObject({ archive: false, "retention-days": 14 });
});

describe("on GitLab", () => {
  const job = async () => {
    const text = await readFile(join(repository, "docs/gitlab/conformance-gate.yml"), "utf8");
    return (load(text) as Record<string, { script: string[]; artifacts: object }>)["conformance-gate"];
  };

  test.each([
    { what: "passes", previewCode: 0, status: passed, code: 0, says: /<testsuites [^>]*failures="0"/ },
    { what: "is blocked", previewCode: 255, status: blocked, code: 255, says: /<failure / },
    { what: "looked nothing up", previewCode: 0, status: undefined, code: 4, says: /<error / },
    { what: "broke before it looked", previewCode: 1, status: undefined, code: 1, says: /<error / },
  ])(
    "a preview that $what ends with $code, and with a JUnit file that says so",
    async ({ code, previewCode, says, status }) => {
      const {
        folder,
        read,
        run,
        status: statusFolder,
      } = await machine({
        previewCode,
        ...(status && { statuses: { [name]: serializeStatusFiles([status]) } }),
      });
      const script = (await job())?.script.at(-1) ?? "";
      const env = { CI_PROJECT_DIR: folder, PULUMI_ORG_CONFORMANCE_STATUS_DIR: statusFolder };
      expect((await run(script, folder, env, ["sh", "-e"])).code).toBe(code);
      expect(await read("conformance.xml")).toMatch(says);
      expect(await read("conformance.html")).toContain("<!doctype html>");
    },
  );

  test.each([
    { what: "has a status", main: { status: serializeStatusFiles([passed]) }, isCompared: true },
    { what: "has none", main: {}, isCompared: false },
  ])("a merge request is compared with the main branch if that $what", async ({ isCompared, main }) => {
    const { folder, read, run, status } = await machine({
      main,
      previewCode: 255,
      statuses: { [name]: serializeStatusFiles([blocked]) },
    });
    const env = {
      CI_PROJECT_DIR: folder,
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_DEFAULT_BRANCH: "main",
      CI_JOB_TOKEN: "token",
      CI_API_V4_URL: "https://gitlab.example/api/v4",
      CI_PROJECT_ID: "12",
      PULUMI_ORG_CONFORMANCE_STATUS_DIR: status,
    };
    const [fetching = "", reporting = ""] = (await job())?.script.slice(-2) ?? [];
    const fetched = await run(fetching, folder, env, ["sh", "-e"]);
    expect(fetched.code).toBe(0);
    expect(fetched.text.includes("Nothing to compare with")).toBe(!isCompared);
    expect(await read("calls")).toContain(
      "https://gitlab.example/api/v4/projects/12/jobs/artifacts/main/raw/conformance.json?job=conformance-gate",
    );
    expect((await run(reporting, folder, env, ["sh", "-e"])).code).toBe(255);
    expect((await read("conformance.html")).includes("What has changed")).toBe(isCompared);
    expect(await read("conformance.json")).toContain('"kind"');
  });

  test("the artifacts are kept whatever the result, and for a limited time", async () => {
    expect((await job())?.artifacts).toMatchObject({
      when: "always",
      expire_in: "2 weeks",
      reports: { junit: "conformance.xml" },
    });
  });
});
