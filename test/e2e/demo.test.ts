import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../../tools/localStack";

test("the demo of the README goes through all of its steps", async () => {
  const tsx = createRequire(__filename).resolve("tsx/cli");
  // It leaves its report.
  const TMPDIR = await mkdtemp(join(tmpdir(), "org-conformance-demo-"));
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [tsx, join(repository, "tools", "demo.ts")], {
      cwd: repository,
      env: { ...process.env, TMPDIR },
    });
    expect(stdout).toContain("Every step did what was expected.");
  } finally {
    await rm(TMPDIR, { recursive: true, force: true });
  }
});
