import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atTheEnd } from "../builders/cleanUp";

/** The command line as it is published. */
export const bundle = join(__dirname, "../../dist/cli/main.js");

/** The end of a command. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The surroundings of a command. */
export interface Surroundings {
  /** Replaces variables; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly cwd?: string;
  /** A file that stdout goes to, for example `/dev/full`. */
  readonly stdoutFile?: string;
}

/** Fake credentials, and nothing of this machine's AWS, CI and colour settings. */
export const environment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? "",
  HOME: join(tmpdir(), "org-conformance-nobody"),
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** Starts a command as a process of its own. */
export function start(args: readonly string[], { cwd, env, input, stdoutFile }: Surroundings = {}) {
  const file = stdoutFile === undefined ? undefined : openSync(stdoutFile, "w");
  const child: ChildProcess = spawn(process.execPath, [bundle, ...args], {
    cwd: cwd ?? tmpdir(),
    env: Object.fromEntries(Object.entries({ ...environment, ...env }).filter(([, value]) => value !== undefined)),
    stdio: ["pipe", file ?? "pipe", "pipe"],
  });
  if (file !== undefined) closeSync(file);
  atTheEnd(() => child.kill("SIGKILL"));
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  // A command that reads nothing may have ended before.
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input ?? "");
  const ended = once(child, "close").then(([code]): Ended => ({ code: code as number | null, ...output }));
  return { child, output, ended };
}

/** Runs a command to its end. */
export function run(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return start(args, surroundings).ended;
}
