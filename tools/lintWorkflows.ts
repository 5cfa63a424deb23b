import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { workflowLinter } from "./workflowProblems";

const repository = join(__dirname, "..");

/** Lints the workflows of this repository, and those that its documentation offers. */
async function main(): Promise<void> {
  const lint = await workflowLinter();
  for (const folder of [".github/workflows", "docs/workflows"]) {
    for (const file of await readdir(join(repository, folder))) {
      const path = `${folder}/${file}`;
      const problems = lint(await readFile(join(repository, path), "utf8"), path);
      for (const problem of problems) process.stderr.write(`${problem}\n`);
      if (problems.length > 0) process.exitCode = 1;
    }
  }
}

void main();
