import { emulate } from "../../builders/emulator";
import { head, open } from "../connection";
import { post, signature } from "../rawRequest";

const operation = "GetOrganizationConformancePackDetailedStatus";
const body = JSON.stringify({ OrganizationConformancePackName: "baseline" });
const pack = { name: "baseline", members: 3 };

const signed = `Authorization: ${signature}\r\nX-Amz-Target: StarlingDoveService.${operation}`;

test.each([
  "evil.example",
  "evil.example:80",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "localhost@evil.example",
  "127.0.0.1@evil.example",
  "evil.example#127.0.0.1",
  "127.0.0.1, evil.example",
  "localhost.",
  "127.0.0.1:",
  "127.0.0.1:80:80",
  "0.0.0.0",
  "127.1",
  "2130706433",
  "[::1]",
  "[::1]:4566",
  "[::ffff:127.0.0.1]",
  "::1",
  " ",
])("a request to the host %j is refused and not logged", async (host) => {
  const emulator = await emulate({ packs: [pack] });
  const answer = await post(emulator, { operation, body, headers: { host } });
  expect([400, 403]).toContain(answer.status);
  expect(answer.body).not.toContain("AccountId");
  expect(emulator.requests).toEqual([]);
});

test.each(["127.0.0.1", "127.0.0.1:1", "localhost", "localhost:4566", "LocalHost:4566"])(
  "the host %s is answered",
  async (host) => {
    const answer = await post(await emulate({ packs: [pack] }), { operation, body, headers: { host } });
    expect(answer.status).toBe(200);
  },
);

test("another host's request is refused before its body is read", async () => {
  const { closed, socket } = open(await emulate({ packs: [pack] }));
  socket.write(head("Host: evil.example", signed, "Content-Length: 1000"));
  expect(await closed).toMatch(/^HTTP\/1\.1 403 /);
});
