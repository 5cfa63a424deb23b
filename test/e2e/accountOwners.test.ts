import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import { gateAndService, gateOf, testOnOneFront } from "./fronts";
import { packName } from "./gatedStack";

const failed = "200041000123";
const emulated: EmulatorOptions = {
  packs: [{ name: packName, members: [{ accountId: failed, status: "CREATE_FAILED" }] }],
  organization: { accounts: [{ id: "111111111111" }, { id: failed, tags: { owner: "team-payments" } }] },
};
const owned = { owners: [{ owner: "team-payments", accountIds: [failed] }] };

testOnOneFront("a gate names owners, and is as closed without them", async (front) => {
  const stack = await front.start(gateAndService(front, { ownerTag: "owner" }), emulated);
  const open = await stack.preview();
  expect(open.succeeded).toBe(false);
  expect(open.output).toContain(`: ${failed} (owner team-payments)`);

  stack.emulator.injectFault({ kind: "accessDenied", operation: "ListTagsForResource" });
  const denied = await stack.preview();
  expect(denied.succeeded).toBe(false);
  expect(denied.output).toContain("Note: The owner of 1 account could not be read");
  expect(denied.output).not.toContain("team-payments");

  stack.emulator.clearFaults();
  await stack.deploy();
  expect(gateOf(front, await stack.resources())).toMatchObject({ outputs: { accountOwners: owned } });
  // The owners are those that the last update saved: no change.
  expect(await stack.preview({ withPolicyPack: false, expectNoChanges: true })).toMatchObject({ succeeded: true });
});
