import { createHash } from "node:crypto";
import { emulate } from "../../builders/emulator";
import { configClient, rowsOf } from "../clients";

const pack = { name: "baseline", members: 3 };

test("signatures are not verified: any secret works", async () => {
  const emulator = await emulate({ packs: [pack] });
  const secretAccessKey = createHash("sha256").update("any").digest("hex");
  const client = configClient(emulator, { credentials: { accessKeyId: "ANY", secretAccessKey } });
  expect((await rowsOf(client)).OrganizationConformancePackDetailedStatuses).toHaveLength(3);
});
