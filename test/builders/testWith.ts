import { spawnSync } from "node:child_process";

/**
 * A test that needs a program which a person's machine may not have, for example `go`. Without it, the test is skipped,
 * or fails if `CI` is set.
 *
 * @param argument - Makes the program print its version.
 */
export function testWith(program: string, argument: string, title: string, run: () => Promise<void>): void {
  const isInstalled = spawnSync(program, [argument]).status === 0;
  if (isInstalled) test(title, run, 600_000);
  else if (process.env.CI) test(title, () => Promise.reject(new Error(`${program} is not installed.`)));
  else test.skip(`${title} (${program} is not installed)`, run);
}
