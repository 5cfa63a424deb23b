import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { gatedStack, packName } from "./gatedStack";

test("a gate of 10,000 accounts that is exported shows its verdict and its counts, not its rows", async () => {
  const stack = await gatedStack(
    () => {
      const gate = new OrganizationConformancePackStatus("gate", { name: packName });
      return Promise.resolve({ gate, failedAccounts: gate.failed.apply((rows) => rows.map((row) => row.accountId)) });
    },
    { packs: [{ name: packName, members: 10_000, failing: 3 }] },
  );
  const preview = await stack.preview({ withPolicyPack: false });
  expect(preview).toMatchObject({ succeeded: true });
  expect(preview.output).toMatch(/verdict *: "FAILED"/);
  await stack.deploy();
  const { failedAccounts, gate } = await stack.stack.outputs();
  expect(gate?.value).toMatchObject({ verdict: "FAILED", counts: { total: 10_000, failed: 3 } });
  expect(failedAccounts?.value).toHaveLength(3);
  // `pulumi stack output --json`
  const json = JSON.stringify(gate?.value, undefined, 2);
  for (const text of [preview.output, json]) {
    expect(text.split("\n").length).toBeLessThan(120);
    expect(Buffer.byteLength(text)).toBeLessThan(5_000);
  }
});
