import type * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import { gatedStack, packName, Service, statusIn } from "./gatedStack";
import { gateIn, PluginGate, pluginStack } from "./pluginStack";

const failed = "200041000123";
const emulated: EmulatorOptions = {
  packs: [{ name: packName, members: [{ accountId: failed, status: "CREATE_FAILED" }] }],
  organization: { accounts: [{ id: "111111111111" }, { id: failed, tags: { owner: "team-payments" } }] },
};
const args = { name: packName, ownerTag: "owner" };
const owned = { owners: [{ owner: "team-payments", accountIds: [failed] }] };

const program =
  (gate: () => pulumi.Resource): PulumiFn =>
  () => {
    new Service("api", { dependsOn: gate() });
    return Promise.resolve({});
  };

const fronts = {
  "dynamic resource": {
    start: () =>
      gatedStack(
        program(() => new OrganizationConformancePackStatus("gate", args)),
        emulated,
      ),
    outputs: statusIn,
  },
  plugin: {
    start: () =>
      pluginStack(
        program(() => new PluginGate("gate", args)),
        emulated,
      ),
    outputs: gateIn,
  },
};

test.each(Object.entries(fronts))(
  "a gate of the %s names owners, and is as closed without them",
  async (_name, front) => {
    const { start, outputs } = front;
    const stack = await start();
    const open = await stack.preview();
    expect(open.succeeded).toBe(false);
    expect(open.output).toContain(`: ${failed} (owner team-payments)`);

    stack.emulator.injectFault({ kind: "accessDenied", operation: "ListTagsForResource" });
    const denied = await stack.preview();
    expect(denied.succeeded).toBe(false);
    expect(denied.output).toContain("Note: The owner of 1 account could not be read");
    expect(denied.output).not.toContain("team-payments");

    stack.emulator.clearFaults();
    expect(await stack.up({ withPolicyPack: false })).toMatchObject({ succeeded: true });
    expect(outputs(await stack.resources())).toMatchObject({ outputs: { accountOwners: owned } });
    // The owners are those that the last update saved: no change.
    expect(await stack.preview({ withPolicyPack: false, expectNoChanges: true })).toMatchObject({ succeeded: true });
  },
);
