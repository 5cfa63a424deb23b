import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { startEmulator } from "../../../emulator";
import { atTheEnd } from "../../builders/cleanUp";
import { emulate } from "../../builders/emulator";
import { configClient, rowsOf } from "../clients";
import { head, open } from "../connection";
import { post, signature } from "../rawRequest";

const operation = "GetOrganizationConformancePackDetailedStatus";
const body = JSON.stringify({ OrganizationConformancePackName: "baseline" });
const pack = { name: "baseline", members: 3 };

const signed = `Authorization: ${signature}\r\nX-Amz-Target: StarlingDoveService.${operation}`;

test("endless headers and an endless body time out", async () => {
  const emulator = await emulate({ packs: [pack] });
  const endless = [
    open(emulator),
    open(emulator),
    // Not one byte.
    open(emulator),
  ];
  endless[0]?.socket.write("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  endless[1]?.socket.write(head("Host: 127.0.0.1", signed, "Content-Length: 100"));
  const drips = setInterval(() => {
    endless[0]?.socket.write("X-Slow: loris\r\n");
    endless[1]?.socket.write("x");
  }, 200);
  try {
    const answers = await Promise.all(endless.map(({ closed }) => closed));
    for (const answer of answers.slice(0, 2)) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
  } finally {
    clearInterval(drips);
  }
  expect(emulator.requests).toEqual([]);
  expect((await post(emulator, { operation, body })).status).toBe(200);
}, 60_000);

test("too many headers are refused", async () => {
  const { closed, socket } = open(await emulate({ packs: [pack] }));
  socket.write(
    head("Host: 127.0.0.1", ...Array.from({ length: 2_000 }, (_, n) => `X-${String(n)}: ${"x".repeat(20)}`)),
  );
  expect(await closed).toMatch(/^HTTP\/1\.1 431 /);
});

test("beyond 1,024 connections, new ones are closed until others end", async () => {
  const emulator = await emulate({ packs: [pack] });
  const held = Array.from({ length: 1_024 }, () => open(emulator));
  await Promise.all(held.map(({ opened }) => opened));
  // The last ones may still be on their way to the server.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await open(emulator).closed).toBe("");
  for (const { socket } of held.slice(0, 10)) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await post(emulator, { operation, body })).status).toBe(200);
});

test("no other address of this machine is served", async () => {
  const { endpoint } = await emulate({ packs: [pack] });
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ address, scopeid }) => (scopeid ? `${address}%${String(scopeid)}` : address))
    .filter((address) => address !== "127.0.0.1");
  // All of 127.0.0.0/8 is this machine there; a server of every address would answer.
  const loopback = process.platform === "linux" ? ["127.0.0.2"] : [];
  for (const host of ["::1", ...loopback, ...others]) {
    const socket = connect({ port: Number(new URL(endpoint).port), host });
    atTheEnd(() => {
      socket.destroy();
    });
    await expect(
      new Promise((resolve, reject) => {
        socket.once("connect", resolve);
        socket.once("error", reject);
      }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^E/) as string });
  }
});

describe("stop", () => {
  test("closes the port", async () => {
    const emulator = await startEmulator({ packs: [pack] });
    const client = configClient(emulator);
    await rowsOf(client);
    await emulator.stop();
    await expect(rowsOf(client)).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
  });

  test.each([
    ["a fault", {}, true],
    ["latencyMs", { latencyMs: 60_000 }, false],
  ])(
    "closes connections that wait for an answer because of %s, and keeps no process alive",
    async (_, options, isSlow) => {
      const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      const before = timers();
      const emulator = await startEmulator({ packs: [pack], ...options });
      if (isSlow) emulator.injectFault({ kind: "slowResponse" });
      const waiting = post(emulator, { operation, body });
      const refused = expect(waiting).rejects.toMatchObject({ code: "ECONNRESET" });
      while (emulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await emulator.stop();
      await refused;
      expect(timers()).toBeLessThanOrEqual(before);
    },
  );

  test("closes connections that never sent a whole request", async () => {
    const emulator = await startEmulator();
    const sent = request(emulator.endpoint, { method: "POST", agent: false, headers: { "content-length": "10" } });
    const closed = new Promise((resolve) => sent.on("error", resolve));
    await new Promise((resolve) => {
      sent.write("12345", resolve);
    });
    await emulator.stop();
    expect(await closed).toMatchObject({ code: expect.stringMatching(/^ECONN/) as string });
  });
});
