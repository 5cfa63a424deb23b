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
  readonly statuses?: Readonly<Record<string, string>>;
  readonly comments?: readonly Comment[];
  /** The exit code of `gh`: GitHub refuses. */
  readonly refuses?: "reading" | "writing";
  readonly previewCode?: number;
}

/** A machine of a pipeline, with its stand-ins on PATH. */
async function machine({ comments = [], previewCode = 0, refuses, statuses = {} }: Given) {
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
    gh: `echo "\${*//$'\\n'/ }" >> "${folder}/calls"
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
  const report = (await scriptOf("Report")).replace('$RUNNER_TEMP/conformance"', `${status}"`);
  const reported = await run(report, join(folder, "conformance"));
  const commented = await run(await scriptOf("Comment"), folder);
  return {
    reported,
    commented,
    calls: (await read("calls")).trim().split("\n").filter(Boolean),
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
  expect(after).toHaveLength(3);
  for (const step of after) expect(step.if).toBe("${{ !cancelled() && steps.pack.outcome == 'success' }}");
  expect(steps[0]?.if).toBe("github.event.pull_request.head.repo.full_name != github.repository");
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

  test("the artifacts are kept whatever the result, and for a limited time", async () => {
    expect((await job())?.artifacts).toMatchObject({
      when: "always",
      expire_in: "2 weeks",
      reports: { junit: "conformance.xml" },
    });
  });
});
