import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type WorkflowLinter, workflowLinter } from "../../tools/workflowProblems";

const path = ".github/workflows/ci.yml";
const ci = readFileSync(join(__dirname, "../..", path), "utf8");
const checkout = /actions\/checkout@[\da-f]{40} # v\S+/;

let lint: WorkflowLinter;
beforeAll(async () => {
  lint = await workflowLinter();
});

test("a sound workflow has no problem", () => {
  expect(lint(ci, path)).toEqual([]);
});

test.each([
  ["a text that is not YAML", "jobs:", "jobs: {", /flow collection/],
  ["a key that does not exist", "runs-on:", "run-on:", /unexpected key "run-on"/],
  ["an unknown event", "  pull_request:", "  pull_requests:", /unknown Webhook event "pull_requests"/],
  ["an unknown matrix value", "matrix.node }}", "matrix.nodes }}", /property "nodes" is not defined/],
  [
    "an expression that does not parse",
    "matrix.pulumi == 'on PATH'",
    "matrix.pulumi = 'on PATH'",
    /unexpected character/,
  ],
  ["text of a pull request in a script", "npm ci &&", "echo ${{ github.event.pull_request.title }} &&", /untrusted/],
  ["any expression in a script", "npm ci &&", "echo ${{ github.ref_name }} &&", /whoever sets the value can run code/],
  ["an action at a tag", checkout, "actions/checkout@v6", /"actions\/checkout@v6" is not pinned/],
  ["an action at a digest without its version", / # v6\.1\.0/, "", /is not pinned/],
  ["a token that later steps can use", "persist-credentials: false", "fetch-depth: 1", /persist-credentials: false/],
  ["no permissions", /permissions:\n {2}contents: read\n/, "", /permissions must be/],
  ["a permission to write", "contents: read", "contents: write", /permissions must be/],
])("reports %s", (_, sound, mistake, message) => {
  const text = ci.replace(sound, mistake);
  expect(text).not.toBe(ci);
  const problems = lint(text, path);
  expect(problems.join("\n")).toMatch(message);
  for (const problem of problems) expect(problem.startsWith(`${path}:`)).toBe(true);
});
