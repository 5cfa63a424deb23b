import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

/** A server that gives every request the same answer, with a pause of an hour that the AWS SDK shortens to 5 seconds. */
function serveAlways(status: number, errorType: string) {
  const operations = new Set<string>();
  const server = createServer((request, response) => {
    operations.add(String(request.headers["x-amz-target"]).split(".")[1] ?? "");
    response.writeHead(status, { "x-amz-retry-after": "3600000", "x-amzn-errortype": errorType }).end("{}");
  });
  return { server, operations };
}

test.each([
  ["a server's error", 503, "ServiceUnavailable"],
  ["throttling", 400, "ThrottlingException"],
])(
  "a process ends after an abort in the pause after %s, without the end of the pause",
  async (_what, status, code) => {
    const { operations, server } = serveAlways(status, code);
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
