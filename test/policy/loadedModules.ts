import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export const root = join(__dirname, "../..");

/** Modules of the AWS SDK. */
export const awsSdk = /\/node_modules\/(@aws-sdk|@smithy|@aws-crypto)\//;

/**
 * Runs a CommonJS script in a process of its own, whose tests and mocks know nothing of it.
 *
 * @param body - The body of an async function that has `root` and returns what JSON can carry.
 * @returns What it returned, and every module that it loaded.
 */
export async function runAlone(
  body: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ result: unknown; modules: string[] }> {
  const script = `
    (async (root) => { ${body} })(${JSON.stringify(root)}).then((result) => {
      require("node:fs").writeSync(1, "\\n" + JSON.stringify({ result, modules: Object.keys(require.cache) }));
      process.exit(0);
    });`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), "-e", script],
    { cwd: root, env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 },
  );
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n{") + 1)) as { result: unknown; modules: string[] };
}
