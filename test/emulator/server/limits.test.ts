import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import { emulate, rejectionOf, settingsFor } from "../../core/aws/emulate";

const args = { name: "baseline", maxAttempts: 1 };
const detailedStatus = "config:GetOrganizationConformancePackDetailedStatus";
const aggregate = "config:DescribeOrganizationConformancePackStatuses";

test("an action that is not allowed is denied by name", async () => {
  const packs = [{ name: "baseline", members: 1 }];
  for (const [allowedActions, denied] of [
    [[detailedStatus], aggregate],
    [[aggregate], detailedStatus],
  ] as const) {
    const emulator = await emulate({ packs, allowedActions });
    const error = await rejectionOf(gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) }));
    expect(error).toMatchObject({ name: "AccessDeniedError", action: denied });
    // Who calls can always be asked.
    expect(error.message).toContain("The caller is arn:aws:iam::111111111111:user/emulated-caller");
  }
  const emulator = await emulate({ packs, allowedActions: [detailedStatus, aggregate] });
  expect(await gatherPackStatus(args, { settings: settingsFor(emulator.endpoint) })).toMatchObject({
    verdict: "PASSED",
  });
});

test("AWS Config throttles a region beyond its rate limit", async () => {
  const packs = ["us-east-1", "eu-west-1"].map((region) => ({ name: "baseline", region, members: 3 }));
  const emulator = await emulate({ packs, rateLimit: { perSecond: 0.001, burst: 3 } });
  const settings = settingsFor(emulator.endpoint);
  const gather = (region: string, pageSize: number) =>
    gatherPackStatus({ ...args, regions: [region], pageSize }, { settings });
  expect(await rejectionOf(gather("us-east-1", 1))).toMatchObject({ name: "ThrottledError", region: "us-east-1" });
  expect(await gather("eu-west-1", 100)).toMatchObject({ verdict: "PASSED" });
});
