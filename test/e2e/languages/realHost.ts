import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { load } from "js-yaml";
import { isExecutable } from "../../../tools/isExecutable";
import { pluginFolder, repository } from "../../../tools/localStack";
import { pythonWithSdk } from "../../../tools/python/python";
import type { GatedStack } from "../gatedStack";
import type { Operate } from "./inline";

/** Runs the Python example as a user does: by its folder, through Pulumi's language host. */
export async function withPythonHost(stack: GatedStack): Promise<Operate> {
  const folder = join(stack.folder, "python");
  await mkdir(folder);
  await pythonWithSdk(folder);
  const options = { virtualenv: join(folder, "environment") };
  return inFolder(stack, "python", { name: "python", options });
}

/** The same with the Go example. */
export async function withGoHost(stack: GatedStack): Promise<Operate> {
  const operate = await inFolder(stack, "go", "go");
  const goMod = join(stack.stack.workspace.workDir, "go.mod");
  const text = await readFile(goMod, "utf8");
  await writeFile(goMod, text.replace(/(?<==> )\S*sdk\/go$/m, join(repository, "sdk", "go")));
  Object.assign(stack.stack.workspace.envVars, { GOFLAGS: "-mod=readonly -buildvcs=false", GOWORK: "off" });
  return operate;
}

/** Puts an example into the folder of a stack whose program is not inline. */
async function inFolder(stack: GatedStack, example: string, runtime: string | object): Promise<Operate> {
  const { workDir } = stack.stack.workspace;
  const settings = await readFile(join(workDir, "Pulumi.yaml"), "utf8");
  await cp(join(repository, "examples", example), workDir, {
    recursive: true,
    filter: (path) => !path.includes("venv"),
  });
  const { name } = load(settings) as { readonly name: string };
  const plugins = { providers: [{ name: "org-conformance", path: pluginFolder }] };
  // JSON is YAML.
  await writeFile(join(workDir, "Pulumi.yaml"), JSON.stringify({ name, runtime, plugins }));
  return (operation, withPolicyPack) =>
    operation === "destroy" ? stack.destroy() : stack[operation]({ withPolicyPack });
}

/**
 * A test that needs Pulumi's language host, which a full installation of Pulumi has beside the CLI. Without it, the test
 * is skipped; where `CI` is set and Pulumi is on `PATH`, it fails.
 */
export function testWithHost(host: string, tool: string, title: string, run: () => Promise<void>): void {
  const lacks = !isOnPath(host) ? host : spawnSync(tool, ["version"]).error ? tool : undefined;
  if (lacks === undefined) test(title, run, 600_000);
  else if (process.env.CI && isOnPath("pulumi"))
    test(title, () => Promise.reject(new Error(`${lacks} is not installed.`)));
  else test.skip(`${title} (${lacks} is not installed)`, run);
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => isExecutable(join(folder, program)));
}
