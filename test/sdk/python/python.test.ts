import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PythonEnvironment, pythonWithSdk } from "../../../tools/python/python";
import { testWith } from "../../builders/testWith";

let folder: string;
let environment: Promise<PythonEnvironment> | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-python-"));
  for (const file of ["sdk_test.py", "wrong.py"]) await cp(join(__dirname, file), join(folder, file));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** One for all tests, in which nothing is changed. */
function installed(): Promise<PythonEnvironment> {
  return (environment ??= pythonWithSdk(folder));
}

testWith("python3", "--version", "a program sends and gets what the schema says, with the SDK's wheel", async () => {
  const { runModule } = await installed();
  // A test that fails makes it exit with an error, whose message has what was printed.
  await runModule("unittest", "discover", "--quiet", "--start-directory", folder, "--pattern", "sdk_test.py");
});

testWith("python3", "--version", "mypy accepts a program that uses all of the SDK", async () => {
  expect(await mypy("--strict", "--allow-untyped-decorators", join(folder, "sdk_test.py"))).toBe(
    "Success: no issues found in 1 source file\n",
  );
});

testWith("python3", "--version", "mypy finds each mistake of a program", async () => {
  const found = await mypy(join(folder, "wrong.py"));
  const lines = [...found.matchAll(/wrong\.py:(\d+): error:/g)].map(([, line]) => Number(line));
  expect([...new Set(lines)]).toEqual([5, 6, 7, 8, 9, 10, 11]);
});

/** What mypy prints, whether it finds mistakes or not. */
async function mypy(...args: readonly string[]): Promise<string> {
  const { runModule } = await installed();
  return runModule("mypy", "--cache-dir", join(folder, "mypy"), ...args).catch((error: unknown) => {
    const { stdout } = error as { readonly stdout: string };
    return stdout;
  });
}
