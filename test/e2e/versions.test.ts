import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "../../tools/localStack";
import { type GatedStack, gatedStack, packName, resourceOfType, Service, statusType } from "./gatedStack";
import { PluginGate, pluginStack, pluginType } from "./pluginStack";

const exec = promisify(execFile);

/** Two versions of the package, packed and installed: this one, and one that writes the next format of the state. */
const versions = { older: { version: "0.1.0", format: 1 }, newer: { version: "9.0.0", format: 2 } } as const;
type Version = keyof typeof versions;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "org-conformance-versions-"));
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  const tarball = (await exec("npm", pack, { cwd: repository })).stdout.trim();
  for (const version of Object.keys(versions) as Version[]) {
    const modules = modulesOf(version);
    await mkdir(packageOf(version), { recursive: true });
    await exec("tar", ["-xzf", join(folder, tarball), "-C", packageOf(version), "--strip-components", "1"]);
    for (const name of await readdir(join(repository, "node_modules"))) {
      if (name !== "pulumi-org-conformance") await symlink(join(repository, "node_modules", name), join(modules, name));
    }
  }
  const { format, version } = versions.newer;
  for (const file of ["dist/modules.js", "policy/dist/main.js", "plugin/serve.js", "plugin/gateProvider.js"]) {
    await change(file, /(?<=\bversion ?= ?)"0\.1\.0"/g, JSON.stringify(version));
  }
  for (const file of ["dist/modules.js", "policy/dist/main.js", "plugin/gateProvider.js"]) {
    await change(file, /(?<=\bformatVersion ?= ?)1\b/g, String(format));
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const modulesOf = (version: Version): string => join(folder, version, "node_modules");
const packageOf = (version: Version): string => join(modulesOf(version), "pulumi-org-conformance");

/** Changes one place of the newer version's build. */
async function change(file: string, place: RegExp, to: string): Promise<void> {
  const path = join(packageOf("newer"), file);
  const text = await readFile(path, "utf8");
  expect({ file, places: text.match(place)?.length }).toEqual({ file, places: 1 });
  await writeFile(path, text.replace(place, to));
}

const emulated = { packs: [{ name: packName, members: 20 }] };

/** A front: how a program of a version is started, and how a stack goes over to another version. */
const fronts = {
  dynamic: {
    type: statusType,
    start: () =>
      gatedStack(() => {
        const { OrganizationConformancePackStatus } =
          require("pulumi-org-conformance") as typeof import("pulumi-org-conformance");
        new Service("api", { dependsOn: new OrganizationConformancePackStatus("gate", { name: packName }) });
        return Promise.resolve({});
      }, emulated),
    // The provider is what Node.js finds from the program's folder.
    install: async ({ stack: { workspace } }: GatedStack, version: Version) => {
      await workspace.saveProjectSettings({ ...(await workspace.projectSettings()), main: workspace.workDir });
      const modules = join(workspace.workDir, "node_modules");
      await rm(modules, { force: true });
      await symlink(modulesOf(version), modules);
    },
  },
  plugin: {
    type: pluginType,
    start: () =>
      pluginStack(() => {
        new Service("api", { dependsOn: new PluginGate("gate", { name: packName }) });
        return Promise.resolve({});
      }, emulated),
    install: async ({ stack: { workspace } }: GatedStack, version: Version) => {
      const providers = [{ name: "org-conformance", path: join(packageOf(version), "plugin") }];
      // The Automation API's type does not have it.
      const plugins = { plugins: { providers } };
      await workspace.saveProjectSettings({ ...(await workspace.projectSettings()), ...plugins });
    },
  },
};

describe.each(Object.keys(fronts) as (keyof typeof fronts)[])("%s", (front) => {
  const { install, start, type } = fronts[front];
  const policyPackOf = (version: Version): string => join(packageOf(version), "policy");

  test("a newer policy pack judges an older state; an older one refuses a newer state, and says what to install", async () => {
    const stack = await start();
    await install(stack, "older");
    stack.emulator.setMembers(packName, { members: 20, failing: 1 });
    const judged = await stack.preview({ policyPack: policyPackOf("newer") });
    expect(judged.succeeded).toBe(false);
    expect(judged.output).toContain("1 of 20 accounts failed.");

    await install(stack, "newer");
    const refused = await stack.preview({ policyPack: policyPackOf("older") });
    expect(refused.succeeded).toBe(false);
    const flat = refused.output.replaceAll(/\s+/g, " ");
    expect(flat).toContain("This resource's status has format 2, written by version 9.0.0 of pulumi-org-conformance");
    // Every policy refuses it; one of them says what to do.
    const next = "Next: use version 9.0.0 as the policy pack too, or version 0.1.0 in the program.";
    expect(flat.split(next)).toHaveLength(2);
  });

  test("after a downgrade, the older version refreshes, updates and deletes what the newer one wrote", async () => {
    const stack = await start();
    const saved = async () => resourceOfType(await stack.resources(), type);
    await install(stack, "newer");
    expect(await stack.up({ policyPack: policyPackOf("newer") })).toMatchObject({ succeeded: true });
    const { id } = (await saved()) ?? {};
    expect(await saved()).toMatchObject({ outputs: { formatVersion: 2, packageVersion: "9.0.0" } });

    await install(stack, "older");
    const update = await stack.up({ policyPack: policyPackOf("older") });
    expect(update).toMatchObject({ succeeded: true });
    expect(update.output).toMatch(/~ 1 updated/);
    const downgraded = { id, outputs: { formatVersion: 1, packageVersion: "0.1.0", verdict: "PASSED" } };
    expect(await saved()).toMatchObject(downgraded);

    await install(stack, "newer");
    expect(await stack.refresh()).toMatchObject({ succeeded: true });
    expect(await saved()).toMatchObject({ id, outputs: { formatVersion: 2 } });
    await install(stack, "older");
    expect(await stack.refresh()).toMatchObject({ succeeded: true });
    expect(await saved()).toMatchObject(downgraded);

    await install(stack, "newer");
    expect(await stack.refresh()).toMatchObject({ succeeded: true });
    await install(stack, "older");
    expect(await stack.destroy()).toMatchObject({ succeeded: true });
    expect(await stack.resources()).toEqual([]);
  });
});
