import {
  ConfigServiceClient,
  DescribeOrganizationConformancePackStatusesCommand,
} from "@aws-sdk/client-config-service";
import { DefaultRateLimiter } from "@smithy/core/retry";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { clientConfig } from "../../../core/aws/awsConnection";
import { createConfigClient } from "../../../core/aws/configClient";
import "./awsEnvironment";
import { emulate, rejectionOf, settingsFor } from "./emulate";

/** The SDK's own count of a call's attempts and pauses. */
interface ResponseMetadata {
  readonly attempts?: number;
  readonly totalRetryDelay?: number;
}

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

/** AWS asks for a pause of an hour, which the AWS SDK shortens to 5 seconds. */
const longPause = { "x-amz-retry-after": "3600000" };

/** A server that gives every request the same answer. */
function serveAlways(status: number, errorType: string, headers: Readonly<Record<string, string>>) {
  const operations = new Set<string>();
  const server = createServer((request, response) => {
    operations.add(String(request.headers["x-amz-target"]).split(".")[1] ?? "");
    response.writeHead(status, { ...headers, "x-amzn-errortype": errorType }).end("{}");
  });
  return { server, operations };
}

test.each([
  ["a server's error", 503, "ServiceUnavailable"],
  ["throttling", 400, "ThrottlingException"],
])(
  "a process ends after an abort in the pause after %s, without the end of the pause",
  async (_what, status, code) => {
    const { operations, server } = serveAlways(status, code, longPause);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const { port } = server.address() as AddressInfo;
      child = fork(join(__dirname, "abortedGather.ts"), [`http://127.0.0.1:${String(port)}`], {
        execArgv: ["--require", require.resolve("tsx/cjs")],
        env: { PATH: process.env.PATH, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
        stdio: ["ignore", "pipe", "inherit", "ipc"],
      });
      let output = "";
      child.stdout?.on("data", (text: Buffer) => (output += text.toString()));
      const ended = once(child, "close");
      while (!["GetOrganizationConformancePackDetailedStatus", "ListAccounts"].every((name) => operations.has(name))) {
        await delay(5);
      }
      // The pauses last longer than this.
      await delay(500);
      child.send("abort");
      expect((await ended)[0]).toBe(0);
      expect(output).toBe("Enough.\n");
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
  60_000,
);

describe("the pace of a client in the retry mode adaptive", () => {
  const command = () => new DescribeOrganizationConformancePackStatusesCommand({});

  test("gives the token of an aborted call to the next call", async () => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    let release = (): void => undefined;
    const token = new Promise<void>((resolve) => (release = resolve));
    const getSendToken = jest.spyOn(DefaultRateLimiter.prototype, "getSendToken").mockReturnValueOnce(token);
    const client = createConfigClient(settingsFor(emulator.endpoint), "us-east-1");
    try {
      const controller = new AbortController();
      const aborted = rejectionOf(client.send(command(), { abortSignal: controller.signal }));
      const sent = client.send(command());
      while (getSendToken.mock.calls.length === 0) await delay(1);
      controller.abort(new Error("Enough."));
      expect((await aborted).name).toBe("AbortError");
      expect(emulator.requests).toEqual([]);
      release();
      expect((await sent).OrganizationConformancePackStatuses).toHaveLength(1);
      expect(getSendToken).toHaveBeenCalledTimes(1);
    } finally {
      getSendToken.mockRestore();
      client.destroy();
    }
  });

  test.each<[mode: "adaptive" | "standard", tokens: number]>([
    ["adaptive", 3],
    ["standard", 0],
  ])("asks for a token for each attempt, and in the mode %s for %d", async (retryMode, tokens) => {
    const emulator = await emulate({ packs: [{ name: "baseline", members: 1 }] });
    emulator.injectFault({ kind: "serverError", times: 2 });
    const getSendToken = jest.spyOn(DefaultRateLimiter.prototype, "getSendToken");
    const settings = settingsFor(emulator.endpoint, { retryMode });
    const client = createConfigClient(settings, "us-east-1", { maxAttempts: 3 });
    try {
      const { $metadata } = await client.send(command());
      expect($metadata.attempts).toBe(3);
      expect(emulator.requests).toHaveLength(3);
      expect(getSendToken).toHaveBeenCalledTimes(tokens);
    } finally {
      getSendToken.mockRestore();
      client.destroy();
    }
  });
});

test.each([
  ["throttling", 400, "ThrottlingException"],
  ["a server's error", 503, "ServiceUnavailable"],
])("the pauses after %s are as long as those of the AWS SDK itself", async (_what, status, code) => {
  const { server } = serveAlways(status, code, {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const random = jest.spyOn(Math, "random").mockReturnValue(0.05);
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const settings = settingsFor(endpoint, { retryMode: "standard" });
  const limits = { maxAttempts: 4 };
  const clients = [
    createConfigClient(settings, "us-east-1", limits),
    new ConfigServiceClient(clientConfig("configservice", settings, "us-east-1", limits)),
  ];
  try {
    const [ours, sdks] = await Promise.all(
      clients.map(async (client) => {
        const error = await rejectionOf(client.send(new DescribeOrganizationConformancePackStatusesCommand({})));
        return (error as unknown as { readonly $metadata: ResponseMetadata }).$metadata;
      }),
    );
    expect(ours?.totalRetryDelay).toBeGreaterThan(0);
    expect([ours?.attempts, ours?.totalRetryDelay]).toEqual([sdks?.attempts, sdks?.totalRetryDelay]);
  } finally {
    random.mockRestore();
    for (const client of clients) client.destroy();
    server.closeAllConnections();
    server.close();
  }
});
