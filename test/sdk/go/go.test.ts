import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { sdkFolder } from "../../../tools/sdkgen/generateSdks";
import { testWith } from "../../builders/testWith";

testWith("go", "version", "the SDK builds as a module of its own, and go vet finds nothing", async () => {
  expect(await go(join(sdkFolder, "go"), "build", "./...")).toEqual("");
  expect(await go(join(sdkFolder, "go"), "vet", "./...")).toEqual("");
});

testWith("go", "version", "a program sends and gets what the schema says", async () => {
  // A test that fails makes it exit with an error, whose message has what was printed.
  expect(await go(__dirname, "test", "./...")).toMatch(/^ok\s+example\.com\/program\s/);
});

/** What a command of Go prints; modules are used as `go.mod` has them. */
async function go(folder: string, ...args: readonly string[]): Promise<string> {
  const { stderr, stdout } = await promisify(execFile)("go", args, {
    cwd: folder,
    env: { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off" },
  });
  return stdout + stderr;
}
