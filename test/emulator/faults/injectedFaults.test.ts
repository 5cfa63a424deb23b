import { DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { emulate } from "../../builders/emulator";
import { configClient, rowsOf } from "../clients";

const pack = { name: "baseline", members: 6 };

test("after and times choose the requests that are hit; each request that matches counts", async () => {
  const emulator = await emulate({ packs: [pack] });
  const client = configClient(emulator);
  emulator.injectFault({
    kind: "throttling",
    operation: "GetOrganizationConformancePackDetailedStatus",
    after: 1,
    times: 2,
  });
  const outcomes: string[] = [];
  for (let request = 0; request < 5; request += 1) {
    // Of another operation: it neither is hit nor counts.
    await client.send(new DescribeOrganizationConformancePacksCommand({}));
    outcomes.push(
      await rowsOf(client).then(
        () => "answered",
        (error: unknown) => (error as Error).name,
      ),
    );
  }
  expect(outcomes).toEqual(["answered", "ThrottlingException", "ThrottlingException", "answered", "answered"]);
});

test("a fault of one region hits no other", async () => {
  const emulator = await emulate({ packs: [pack, { ...pack, region: "eu-west-1" }] });
  emulator.injectFault({ kind: "serverError", region: "eu-west-1" });
  await expect(rowsOf(configClient(emulator, { region: "eu-west-1" }))).rejects.toMatchObject({
    name: "InternalFailure",
  });
  expect((await rowsOf(configClient(emulator))).OrganizationConformancePackDetailedStatuses).toHaveLength(6);
});
