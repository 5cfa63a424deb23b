import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** Receives a message about each step that takes long. */
export type Progress = (message: string) => void;

/** The folder in the user's cache for what is downloaded or built once. */
export function cacheFolder(): string {
  return join(userCacheFolder(), "pulumi-org-conformance");
}

/** Fills a folder beside `root`, then renames it: a half-filled folder is never mistaken for the whole. */
export async function fillAtomically(root: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(root), { recursive: true });
  const folder = await mkdtemp(`${root}-`);
  try {
    await fill(folder);
    // Another process may have been faster. Its result is the same.
    await rename(folder, root).catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A program to build from its Go module. */
export interface GoBuild {
  /** The folder of the `go.mod` and `go.sum` to build with. */
  readonly modFolder: string;
  /** The package of the program. */
  readonly target: string;
  readonly linkerFlags: string;
  /** The path of the executable. */
  readonly output: string;
  /** Arguments of `go` to run before the build. */
  readonly prepare?: readonly (readonly string[])[];
  readonly progress: Progress;
}

/** @throws `Error` when Go is not installed, or the build fails. */
export async function buildFromModule(build: GoBuild): Promise<void> {
  await promisify(execFile)("go", ["version"], { env: process.env }).catch(() => {
    throw new Error("Go is not installed");
  });
  const sources = await mkdtemp(join(tmpdir(), "org-conformance-go-"));
  const started = Date.now();
  const heartbeat = setInterval(() => {
    build.progress(`Still building, ${String(Math.round((Date.now() - started) / 1_000))} s`);
  }, 30_000);
  try {
    for (const file of ["go.mod", "go.sum"]) await cp(join(build.modFolder, file), join(sources, file));
    for (const args of build.prepare ?? []) await go(args, sources);
    await go(["build", "-mod=mod", "-ldflags", build.linkerFlags, "-o", build.output, build.target], sources);
  } finally {
    clearInterval(heartbeat);
    await rm(sources, { recursive: true, force: true });
  }
}

function go(args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("go", args, {
      cwd,
      env: { ...process.env, CGO_ENABLED: "0" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2_000)));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go exited with ${String(code)}: ${output.trim().split("\n").at(-1) ?? ""}`));
    });
  });
}

function userCacheFolder(): string {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? tmpdir();
  return join(homedir(), ".cache");
}
