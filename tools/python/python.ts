import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { cacheFolder, fillAtomically, type Progress } from "../goBinary";

const run = promisify(execFile);
const repository = resolve(__dirname, "../..");
const requirements = join(__dirname, "requirements.txt");

/** A Python environment in which the SDK is installed from its wheel. */
export interface PythonEnvironment {
  readonly python: string;
  /** Runs a module of the environment's packages, for example mypy. */
  readonly runModule: (module: string, ...args: readonly string[]) => Promise<string>;
}

/**
 * Builds the SDK's wheel, and installs it into a new environment.
 *
 * @param folder - An empty folder to build in.
 * @throws `Error` when there is no Python 3, or the packages can't be downloaded.
 */
export async function pythonWithSdk(folder: string, progress: Progress = () => undefined): Promise<PythonEnvironment> {
  const packages = await cachedPackages(progress);
  const sources = join(folder, "sources");
  const wheels = join(folder, "wheels");
  const environment = join(folder, "environment");
  const site = (path: string): Promise<string> =>
    run(executableIn(path), ["-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"]).then(({ stdout }) =>
      stdout.trim(),
    );
  const pip = (...args: readonly string[]): Promise<unknown> =>
    run(executableIn(packages), ["-m", "pip", "--quiet", "--disable-pip-version-check", ...args]);

  // Setuptools leaves files beside its sources.
  await cp(join(repository, "sdk", "python"), sources, { recursive: true });
  await mkdir(wheels);
  await pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", wheels, sources);
  await run(executableIn(packages), ["-m", "venv", "--without-pip", environment]);
  await writeFile(join(await site(environment), "packages.pth"), `${await site(packages)}\n`);
  await pip(
    ...["--python", executableIn(environment)],
    ...["install", "--no-deps", "--no-index", "--find-links", wheels, "pulumi_org_conformance"],
  );

  const python = executableIn(environment);
  return { python, runModule: (module, ...args) => run(python, ["-m", module, ...args]).then(({ stdout }) => stdout) };
}

/** A Python with the packages of `requirements.txt`. */
export async function pythonWithPackages(progress: Progress = () => undefined): Promise<string> {
  return executableIn(await cachedPackages(progress));
}

/** An environment with the packages of `requirements.txt`: made once in the user's cache, and anew when they change. */
async function cachedPackages(progress: Progress): Promise<string> {
  const { stdout: version } = await run("python3", ["--version"]);
  const key = createHash("sha256")
    .update(version)
    .update(await readFile(requirements))
    .digest("hex")
    .slice(0, 12);
  const root = join(cacheFolder(), `python-${key}`);
  if (existsSync(root)) return root;
  progress(`Installing Python packages into ${root}, once`);
  await fillAtomically(root, async (folder) => {
    await run("python3", ["-m", "venv", folder]);
    await run(executableIn(folder), ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
  });
  return root;
}

function executableIn(environment: string): string {
  return join(environment, "bin", "python");
}
