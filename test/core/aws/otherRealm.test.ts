import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gatherPackStatus } from "../../../core/lookup/gatherPackStatus";
import "./awsEnvironment";
import { rejectionOf, settingsFor } from "./emulate";

// Without nodeErrors.ts, as in the Jest of a program that uses this package.
test("in Jest, whose realm is not Node's, an endpoint that can't be reached is unreachable", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const settings = settingsFor(`http://127.0.0.1:${String(port)}`);
  const error = await rejectionOf(gatherPackStatus({ name: "baseline", maxAttempts: 1 }, { settings }));
  expect(error.name).toBe("UnreachableError");
});
