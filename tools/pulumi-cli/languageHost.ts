import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/**
 * The part of Pulumi's language host for Node.js that starts a policy pack. Newer CLIs start policy packs only through
 * it, and a CLI that was built from its Go module comes without one.
 */
interface PluginCall {
  readonly request: RunPluginRequest;
  write(response: RunPluginResponse): void;
  end(): void;
  once(event: "cancelled", then: () => void): void;
}

function runPlugin(call: PluginCall): void {
  const pack = call.request.getInfo()?.getProgramDirectory() ?? "";
  const runner = runnerOf(pack);
  if (runner === undefined) {
    const message = `@pulumi/pulumi is not installed in ${pack} or a folder above it: run npm install there.\n`;
    call.write(new RunPluginResponse().setStderr(Buffer.from(message)));
    exit(call, 1);
    return;
  }
  const child = spawn(process.execPath, [runner, ...call.request.getArgsList(), pack], {
    cwd: pack,
    env: { ...process.env, ...environmentOf(call.request) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => {
    call.write(new RunPluginResponse().setStdout(chunk));
  });
  child.stderr.on("data", (chunk: Buffer) => {
    call.write(new RunPluginResponse().setStderr(chunk));
  });
  child.once("close", (code) => {
    exit(call, code ?? 1);
  });
  // The engine has its results, or has ended.
  call.once("cancelled", () => child.kill());
}

/** The module that runs a policy pack, or `undefined` if the pack has no @pulumi/pulumi. */
function runnerOf(pack: string): string | undefined {
  try {
    return createRequire(`${pack}/package.json`).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    return undefined;
  }
}

function environmentOf(request: RunPluginRequest): Record<string, string> {
  return Object.fromEntries(
    request.getEnvList().map((entry) => {
      const [name = "", ...value] = entry.split("=");
      return [name, value.join("=")];
    }),
  );
}

function exit(call: PluginCall, code: number): void {
  call.write(new RunPluginResponse().setExitcode(code));
  call.end();
}

interface GrpcServer {
  addService(service: object, implementation: object): void;
  bindAsync(address: string, credentials: object, done: (error: Error | null, port: number) => void): void;
}

// The copy of @pulumi/pulumi: its service accepts no other.
const { Server, ServerCredentials } = createRequire(require.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as {
  readonly Server: new () => GrpcServer;
  readonly ServerCredentials: { createInsecure(): object };
};
const server = new Server();
server.addService(LanguageRuntimeService, {
  getPluginInfo: (_: unknown, callback: (error: null, info: PluginInfo) => void) => {
    callback(null, new PluginInfo().setVersion("0.0.0"));
  },
  runPlugin,
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
