import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { repository } from "../../tools/localStack";
import { gatedStack, packName, statusIn } from "./gatedStack";

/** A pack of somebody else, which tags whatever a program has. */
const remediating = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("tagging", { policies: [{
  name: "tags", description: "Everything has tags.", enforcementLevel: "remediate",
  remediateResource: ({ props }) => ({ ...props, tags: { owner: "me" } }),
}] });`;

test("a gate that another pack's remediation has tagged is refreshed, waited for and destroyed as any other", async () => {
  const program = () => {
    new OrganizationConformancePackStatus("gate", { name: packName, waitForSettled: { pollSeconds: 0.2 } });
    return Promise.resolve({});
  };
  const stack = await gatedStack(program, {
    packs: [{ name: packName, members: 5, inProgress: 1 }],
    onRequest: ({ input }) => {
      // Once the wait has begun.
      if (input.Filters !== undefined) stack.emulator.setMembers(packName, { members: 5 });
    },
  });
  const policyPack = join(stack.folder, "tagging");
  await mkdir(policyPack);
  await writeFile(
    join(policyPack, "PulumiPolicy.yaml"),
    "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  await writeFile(
    join(policyPack, "package.json"),
    JSON.stringify({ name: "tagging", version: "1.0.0", main: "index.js" }),
  );
  await writeFile(join(policyPack, "index.js"), remediating);
  await symlink(join(repository, "node_modules"), join(policyPack, "node_modules"));

  expect(await stack.up({ policyPack })).toMatchObject({ succeeded: true });
  const tagged = { verdict: "PASSED", tags: { owner: "me" } };
  expect(statusIn(await stack.resources())?.outputs).toMatchObject(tagged);
  expect(await stack.refresh()).toMatchObject({ succeeded: true });
  expect(statusIn(await stack.resources())?.outputs).toMatchObject(tagged);
  expect(await stack.preview({ policyPack, expectNoChanges: true })).toMatchObject({ succeeded: true });
  expect(await stack.destroy()).toMatchObject({ succeeded: true });
});
