import { createHash } from "node:crypto";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { DescribeOrganizationConformancePacksCommand } from "@aws-sdk/client-config-service";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { startEmulator } from "../../emulator";
import { allPages, configClient, credentials, emulate, post, rowsOf, signature, stsClient } from "./clients";

const operation = "GetOrganizationConformancePackDetailedStatus";
const body = JSON.stringify({ OrganizationConformancePackName: "baseline" });
const pack = { name: "baseline", members: 3 };

test("each answer has a request id of its own, and AWS's content type", async () => {
  const emulator = await emulate({ packs: [pack] });
  const answers = [
    await post(emulator, { operation, body }),
    await post(emulator, { operation, body }),
    await post(emulator, { operation, body: "{}" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(answers.map(({ headers }) => headers["content-type"])).toEqual(Array(3).fill("application/x-amz-json-1.1"));
  const ids = answers.map(({ headers }) => headers["x-amzn-requestid"]);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
});

test.each([
  {
    what: "an unsigned request",
    sent: { operation, body, headers: { authorization: "" } },
    code: "MissingAuthenticationTokenException",
  },
  {
    what: "another kind of authorization",
    sent: { operation, body, headers: { authorization: "Bearer token" } },
    code: "MissingAuthenticationTokenException",
  },
  {
    what: "a signature for another service",
    sent: { operation, body, headers: { authorization: signature.replace("/config/", "/s3/") } },
    code: "MissingAuthenticationTokenException",
  },
  {
    what: "an operation that there is not",
    sent: { operation: "PutConfigRule", body },
    code: "UnknownOperationException",
  },
  {
    what: "a name that every object has",
    sent: { operation: "constructor", body },
    code: "UnknownOperationException",
  },
  {
    what: "the operation of another service",
    sent: { body, headers: { "x-amz-target": `OtherService.${operation}` } },
    code: "UnknownOperationException",
  },
  { what: "a body that is not JSON", sent: { operation, body: "<xml/>" }, code: "SerializationException" },
  { what: "an empty body", sent: { operation, body: "" }, code: "SerializationException" },
  { what: "a body that is a list", sent: { operation, body: "[]" }, code: "SerializationException" },
  { what: "a body that is null", sent: { operation, body: "null" }, code: "SerializationException" },
])("$what gets $code", async ({ sent, code }) => {
  const answer = await post(await emulate({ packs: [pack] }), sent);
  expect(answer.status).toBe(400);
  expect(answer.headers["x-amzn-errortype"]).toBe(code);
  expect(JSON.parse(answer.body)).toEqual({ __type: code, message: expect.stringMatching(/\w/) as string });
});

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

describe("what a client can hold", () => {
  const oneMegabyte = 1024 * 1024;
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  /** A connection as bytes, and all that comes back until it is closed. */
  function open({ endpoint }: { readonly endpoint: string }) {
    const socket = connect({ port: Number(new URL(endpoint).port), host: "127.0.0.1" });
    sockets.push(socket);
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.on("error", () => undefined);
    const closed = new Promise<string>((resolve) => {
      socket.once("close", () => {
        resolve(text);
      });
    });
    const opened = new Promise<void>((resolve) => {
      socket.once("connect", () => {
        resolve();
      });
    });
    return { socket, closed, opened };
  }

  const head = (...lines: string[]): string => ["POST / HTTP/1.1", ...lines, "", ""].join("\r\n");
  const signed = `Authorization: ${signature}\r\nX-Amz-Target: StarlingDoveService.${operation}`;

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

  test("another host's request is refused before its body is read", async () => {
    const { closed, socket } = open(await emulate({ packs: [pack] }));
    socket.write(head("Host: evil.example", signed, "Content-Length: 1000"));
    expect(await closed).toMatch(/^HTTP\/1\.1 403 /);
  });

  test("headers without an end, and a body without one, are given up", async () => {
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

  test("headers that are too many are refused", async () => {
    const { closed, socket } = open(await emulate({ packs: [pack] }));
    socket.write(
      head("Host: 127.0.0.1", ...Array.from({ length: 2_000 }, (_, n) => `X-${String(n)}: ${"x".repeat(20)}`)),
    );
    expect(await closed).toMatch(/^HTTP\/1\.1 431 /);
  });

  test("beyond 1,024 connections, new ones are closed, and it goes on when some are gone", async () => {
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
      sockets.push(socket);
      await expect(
        new Promise((resolve, reject) => {
          socket.once("connect", resolve);
          socket.once("error", reject);
        }),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^E/) as string });
    }
  });
});

describe("the log of requests", () => {
  test("says operation, region, principal and input, the oldest first", async () => {
    const emulator = await emulate({ packs: [{ ...pack, region: "eu-west-1" }] });
    const client = configClient(emulator, { region: "eu-west-1" });
    await client.send(new DescribeOrganizationConformancePacksCommand({ Limit: 5 }));
    const principal = expect.stringMatching(/^arn:aws:iam::\d{12}:user\//) as string;
    await allPages(client, { Limit: 2 });
    expect(emulator.requests).toEqual([
      {
        operation: "DescribeOrganizationConformancePacks",
        region: "eu-west-1",
        principal,
        input: { Limit: 5 },
      },
      {
        operation,
        region: "eu-west-1",
        principal,
        input: { OrganizationConformancePackName: "baseline", Limit: 2 },
      },
      {
        operation,
        region: "eu-west-1",
        principal,
        input: {
          OrganizationConformancePackName: "baseline",
          Limit: 2,
          NextToken: expect.any(String) as string,
        },
      },
    ]);
  });

  test("holds no credential and no session token", async () => {
    const emulator = await emulate({ packs: [pack] });
    const sts = stsClient(emulator);
    await sts.send(new GetCallerIdentityCommand({}));
    const { Credentials: assumed } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: "arn:aws:iam::222222222222:role/reader",
        RoleSessionName: "session",
        SerialNumber: "arn:aws:iam::222222222222:mfa/me",
        TokenCode: "987654",
      }),
    );
    await rowsOf(configClient(emulator));
    const log = JSON.stringify(emulator.requests);
    expect(emulator.requests).toHaveLength(3);
    expect(log).toContain("arn:aws:iam::222222222222:role/reader");
    const secrets = [
      credentials.accessKeyId,
      credentials.secretAccessKey,
      credentials.sessionToken,
      assumed?.AccessKeyId,
      assumed?.SecretAccessKey,
      assumed?.SessionToken,
      "987654",
      "AWS4-HMAC-SHA256",
    ];
    for (const secret of secrets) {
      expect(secret).toBeTruthy();
      expect(log).not.toContain(secret);
    }
  });
});

test("a field of a form that is named like a credential is not logged", async () => {
  const emulator = await emulate();
  const form = { Action: "GetCallerIdentity", AccessKeyId: "AKIA1", SecretAccessKey: "hush1", SessionToken: "hush2" };
  await post(emulator, { body: new URLSearchParams({ ...form, ClientSecret: "hush3" }).toString() });
  expect(emulator.requests.map(({ input }) => input)).toEqual([{ Action: "GetCallerIdentity" }]);
});

test("latencyMs delays answers and loses none", async () => {
  const client = configClient(await emulate({ packs: [pack], latencyMs: 5 }));
  expect((await rowsOf(client)).OrganizationConformancePackDetailedStatuses).toHaveLength(3);
});

test("signatures are not verified: any secret works", async () => {
  const emulator = await emulate({ packs: [pack] });
  const secretAccessKey = createHash("sha256").update("any").digest("hex");
  const client = configClient(emulator, { credentials: { accessKeyId: "ANY", secretAccessKey } });
  expect((await rowsOf(client)).OrganizationConformancePackDetailedStatuses).toHaveLength(3);
});

describe("the port", () => {
  test("is the one that was asked for, on 127.0.0.1 only", async () => {
    const first = await startEmulator();
    const port = Number(new URL(first.endpoint).port);
    await first.stop();
    const again = await emulate({ port, packs: [pack] });
    expect(again.endpoint).toBe(`http://127.0.0.1:${String(port)}`);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("is different for each emulator, as their packs are", async () => {
    const [one, two] = [await emulate({ packs: [pack] }), await emulate()];
    expect(one.endpoint).not.toBe(two.endpoint);
    await expect(rowsOf(configClient(two))).rejects.toMatchObject({
      name: "NoSuchOrganizationConformancePackException",
    });
  });
});

describe("stop", () => {
  test("closes the port", async () => {
    const emulator = await startEmulator({ packs: [pack] });
    const client = configClient(emulator);
    await rowsOf(client);
    await emulator.stop();
    await expect(rowsOf(client)).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
  });

  test("closes connections that wait for an answer", async () => {
    const emulator = await startEmulator({ packs: [pack] });
    emulator.injectFault({ kind: "slowResponse" });
    const waiting = post(emulator, { operation, body });
    const refused = expect(waiting).rejects.toMatchObject({ code: "ECONNRESET" });
    while (emulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await emulator.stop();
    await refused;
  });

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

test.each([
  { packs: [{ name: "baseline", members: 2, failing: 3 }], says: /3 failing and 0 in progress do not fit into 2/ },
  { packs: [{ name: "baseline", members: 2, failing: 1, inProgress: 2 }], says: /1 failing and 2 in progress/ },
])("members that do not fit are refused: $says", async ({ packs, says }) => {
  await expect(startEmulator({ packs })).rejects.toThrow(says);
});
