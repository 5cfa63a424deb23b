import { emulate } from "../../builders/emulator";
import { head, open } from "../connection";
import { post, signature } from "../rawRequest";

const operation = "GetOrganizationConformancePackDetailedStatus";
const body = JSON.stringify({ OrganizationConformancePackName: "baseline" });
const pack = { name: "baseline", members: 3 };

const signed = `Authorization: ${signature}\r\nX-Amz-Target: StarlingDoveService.${operation}`;

const oneMegabyte = 1024 * 1024;

test("a body that is announced as too large is answered 413 before it is sent", async () => {
  const emulator = await emulate({ packs: [pack] });
  const { closed, socket } = open(emulator);
  socket.write(head("Host: 127.0.0.1", signed, `Content-Length: ${String(oneMegabyte + 1)}`));
  const answer = await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(emulator.requests).toEqual([]);
  expect((await post(emulator, { operation, body })).status).toBe(200);
});

test("a body without a length is answered 413 when it is too large, and no more is read", async () => {
  const emulator = await emulate({ packs: [pack] });
  const { closed, socket } = open(emulator);
  socket.write(head("Host: 127.0.0.1", signed, "Transfer-Encoding: chunked"));
  const chunk = `10000\r\n${"x".repeat(0x1_00_00)}\r\n`;
  // Seventeen times 64 kB.
  for (let sent = 0; sent < 17; sent += 1) socket.write(chunk);
  expect(await closed).toMatch(/^HTTP\/1\.1 413 /);
  expect(emulator.requests).toEqual([]);
  expect((await post(emulator, { operation, body })).status).toBe(200);
});

test("a body of just the allowed size is read", async () => {
  const emulator = await emulate({ packs: [pack] });
  const frame = JSON.stringify({ OrganizationConformancePackName: "" }).length;
  const large = JSON.stringify({ OrganizationConformancePackName: "x".repeat(oneMegabyte - frame) });
  expect(large).toHaveLength(oneMegabyte);
  expect((await post(emulator, { operation, body: large })).status).toBe(400);
  expect(emulator.requests).toHaveLength(1);
});
