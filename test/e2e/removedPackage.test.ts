import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { repository } from "../../tools/localStack";
import { type GatedStack, gatedStack, packName, Service, statusIn } from "./gatedStack";

/** What version 0.1.0 wrote into state until the text learned of a missing package. */
const oldText = 'exports.handler = () => new (require("pulumi-org-conformance/provider").PackStatusProvider)();\n';
const healthy = { packs: [{ name: packName, members: 20 }] };

function program() {
  new OrganizationConformancePackStatus("gate", { name: packName });
  new Service("api", {});
  return Promise.resolve({});
}

/** As `npm uninstall` leaves the program's folder: @pulumi/pulumi is there, the package is not. */
async function removePackage({ stack: { workspace } }: GatedStack): Promise<void> {
  // An inline program's `main` is the folder of the tests.
  await workspace.saveProjectSettings({ ...(await workspace.projectSettings()), main: workspace.workDir });
  const modules = join(workspace.workDir, "node_modules");
  await rm(modules);
  await mkdir(modules);
  await symlink(join(repository, "node_modules", "@pulumi"), join(modules, "@pulumi"));
}

/** Puts another text of the provider into the gate's state. */
async function setText({ stack }: GatedStack, text: string): Promise<void> {
  const state = await stack.exportStack();
  const { resources } = state.deployment as {
    resources: { inputs?: Record<string, unknown>; outputs?: Record<string, unknown> }[];
  };
  for (const { inputs, outputs } of resources)
    for (const properties of [inputs, outputs]) if (properties?.__provider !== undefined) properties.__provider = text;
  await stack.importStack(state);
}

test("an upgrade writes the new text of the provider into state, and the stack can be destroyed without the package", async () => {
  const stack = await gatedStack(program, healthy);
  await stack.deploy();
  const { id, inputs } = statusIn(await stack.resources()) ?? {};
  await setText(stack, oldText);
  expect(statusIn(await stack.resources())?.inputs).toMatchObject({ __provider: oldText });

  const upgrade = await stack.up({ withPolicyPack: false });
  expect(upgrade).toMatchObject({ succeeded: true });
  expect(upgrade.output).toMatch(/~ 1 updated/);
  const upgraded = statusIn(await stack.resources());
  expect(upgraded).toMatchObject({ id, outputs: { __provider: inputs?.__provider } });
  expect(await stack.preview({ expectNoChanges: true, withPolicyPack: false })).toMatchObject({ succeeded: true });

  await removePackage(stack);
  const refreshed = await stack.refresh();
  expect(refreshed.succeeded).toBe(false);
  expect(refreshed.output).toContain(`pulumi-org-conformance is not installed in ${stack.stack.workspace.workDir}`);
  expect(refreshed.output).toContain("pnpm: public-hoist-pattern");
  expect(refreshed.output).not.toMatch(/Require stack|^\s+at /m);
  expect(await stack.destroy()).toMatchObject({ succeeded: true });
  expect(await stack.resources()).toEqual([]);
});

test("the gate and the package can be removed in one commit; a gate that stays is refused in one sentence", async () => {
  const stack = await gatedStack(program, healthy);
  await stack.deploy();
  await removePackage(stack);
  const gateAlone = () => {
    new OrganizationConformancePackStatus("gate", { name: packName });
    return Promise.resolve({});
  };
  for (const run of [stack.preview, stack.up]) {
    const { output, succeeded } = await run({ program: gateAlone, withPolicyPack: false });
    expect(succeeded).toBe(false);
    expect(output).toContain("pulumi-org-conformance is not installed in");
    expect(output).not.toMatch(/Require stack|^\s+at /m);
  }
  const withoutGate = () => {
    new Service("api", {});
    return Promise.resolve({});
  };
  for (const run of [stack.preview, stack.up]) {
    expect(await run({ program: withoutGate, withPolicyPack: false })).toMatchObject({ succeeded: true });
  }
  expect(statusIn(await stack.resources())).toBeUndefined();
});
