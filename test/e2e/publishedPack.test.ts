import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { repository } from "../../tools/localStack";
import { gatedStack, packName } from "./gatedStack";

const exec = promisify(execFile);

test("the policy folder, packed and installed as Pulumi Cloud does, judges gates and looks required packs up", async () => {
  const folder = await mkdtemp(join(tmpdir(), "org-conformance-published-"));
  try {
    const pack = ["pack", "--silent", "--pack-destination", folder];
    const { stdout } = await exec("npm", pack, { cwd: join(repository, "policy") });
    await exec("tar", ["-xzf", stdout.trim()], { cwd: folder });
    const policyPack = join(folder, "package");
    const program = () => {
      const { verdict } = new OrganizationConformancePackStatus("gate", { name: packName });
      return Promise.resolve({ verdict });
    };
    const stack = await gatedStack(program, {
      packs: [
        { name: packName, members: 20, failing: 2 },
        { name: "logging", members: 3, failing: 1 },
      ],
    });

    const bare = await stack.preview({ policyPack });
    expect(bare.succeeded).toBe(false);
    expect(bare.output).toMatch(/not.*installed/);
    expect(bare.output).not.toMatch(/^\s+at /m);

    await exec("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: policyPack });
    const policyConfig = { "organization-conformance-pack-required-packs": { packs: [{ name: "logging" }] } };
    const { output, succeeded } = await stack.preview({ policyPack, policyConfig });
    expect(succeeded).toBe(false);
    expect(output).toContain(`Organization conformance pack "${packName}" in us-east-1: 2 of 20 accounts failed.`);
    expect(output).toContain('Organization conformance pack "logging" in us-east-1: 1 of 3 accounts failed.');
  } finally {
    await rm(folder, { recursive: true });
  }
});
