import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { hermeticEnvironment } from "../tools/localStack";
import type { Answer } from "./children/serve";

/** Where `tsc -p tsconfig.bench.json` puts the children: what is measured runs without a loader of TypeScript. */
export const compiledChildren = join(__dirname, "dist", "bench", "children");

/** The environment of all that is measured: fake credentials, and nothing of this machine's AWS settings. */
export const environment: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? "",
  HOME: process.env.HOME ?? "",
  // Python takes an empty profile for the name of one.
  ...Object.fromEntries(
    Object.entries(hermeticEnvironment(join(tmpdir(), "org-conformance-bench"))).filter(([, value]) => value !== ""),
  ),
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** A file of `children/` that runs as a process of its own and answers questions. */
export class Child<Question, Result> {
  readonly #process: ChildProcess;

  constructor(name: string, { args = [], nodeArgs = [] }: { args?: readonly string[]; nodeArgs?: string[] } = {}) {
    this.#process = fork(join(compiledChildren, `${name}.js`), args, {
      // Not this process's own: it has a loader of TypeScript.
      execArgv: nodeArgs,
      env: environment,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  }

  /** One question at a time. */
  async ask(question: Question): Promise<Result> {
    const ended = new AbortController();
    try {
      const answer = once(this.#process, "message", { signal: ended.signal });
      const exit = once(this.#process, "exit", { signal: ended.signal }).then(([code]): never => {
        throw new Error(`A process of the benchmark ended with ${String(code)}.`);
      });
      // The one that comes second is aborted, and no one's error.
      for (const promise of [answer, exit]) promise.catch(() => undefined);
      this.#process.send(question as object);
      const [message] = (await Promise.race([answer, exit])) as [Answer<Result>];
      if ("error" in message) throw new Error(message.error);
      return message.result;
    } finally {
      ended.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const exited = once(this.#process, "exit");
    this.#process.disconnect();
    await exited;
  }
}

/** Asks a process one question, and ends it. */
export async function askOnce<Question, Result>(child: Child<Question, Result>, question: Question): Promise<Result> {
  try {
    return await child.ask(question);
  } finally {
    await child.stop();
  }
}

/** Runs a command from its start to its end. */
export async function runCommand(
  command: string,
  args: readonly string[],
  stderr: "inherit" | "ignore" = "inherit",
): Promise<{ readonly milliseconds: number; readonly output: string }> {
  const started = performance.now();
  const child = spawn(command, args, { env: environment, stdio: ["ignore", "pipe", stderr] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  const milliseconds = performance.now() - started;
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}.`);
  return { milliseconds, output };
}
