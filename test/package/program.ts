import { getOrganizationConformancePackStatus, OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { policies } from "pulumi-org-conformance/policy";
import type { MemberStatus } from "pulumi-org-conformance/core";
import { gatherPackStatus } from "pulumi-org-conformance/core";
import type { Fault } from "pulumi-org-conformance/testing";
import { startEmulator } from "pulumi-org-conformance/testing";

// Pulumi's own TypeScript 3.8 compiles this file too: no newer syntax here.
const fault: Fault = { kind: "throttling", times: 1 };

async function main(): Promise<void> {
  const emulator = await startEmulator({ packs: [{ name: "baseline", members: 7, failing: 1 }] });
  emulator.injectFault(fault);
  const args = { name: "baseline", regions: ["us-east-1"] };
  process.env.AWS_ENDPOINT_URL = emulator.endpoint;
  process.env.AWS_ACCESS_KEY_ID = "any";
  process.env.AWS_SECRET_ACCESS_KEY = "any";
  const status = await getOrganizationConformancePackStatus(args);
  const { members } = await gatherPackStatus(args, { settings: { assumeRoles: [], endpoints: {} } });
  const failed: readonly MemberStatus[] = status.failed;
  console.log(
    JSON.stringify({
      verdict: status.verdict,
      failed: failed.map(({ accountId }) => accountId),
      rows: members.length,
      policies: policies.length,
      resource: OrganizationConformancePackStatus.name,
    }),
  );
  await emulator.stop();
}

void main();
