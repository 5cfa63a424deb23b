import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/**
 * As much of Pulumi's language host for Node.js as starts a policy pack. A CLI that was built from its Go module has
 * none beside it, and newer ones start policy packs through it only.
 */
interface PluginCall {
  readonly request: RunPluginRequest;
  write(response: RunPluginResponse): void;
  end(): void;
  once(event: "cancelled", then: () => void): void;
}

function runPlugin(call: PluginCall): void {
  const pack = call.request.getInfo()?.getProgramDirectory() ?? "";
  const answer = (fill: (response: RunPluginResponse) => void): void => {
    const response = new RunPluginResponse();
    fill(response);
    call.write(response);
  };
  const exit = (code: number): void => {
    answer((response) => response.setExitcode(code));
    call.end();
  };
  let module: string;
  try {
    module = createRequire(`${pack}/package.json`).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    const message = `@pulumi/pulumi is not installed in ${pack} or a folder above it: run npm install there.\n`;
    answer((response) => {
      response.setStderr(Buffer.from(message));
    });
    exit(1);
    return;
  }
  const given = call.request.getEnvList().map((entry): [string, string] => {
    const [name = "", ...value] = entry.split("=");
    return [name, value.join("=")];
  });
  const child = spawn(process.execPath, [module, ...call.request.getArgsList(), pack], {
    cwd: pack,
    env: { ...process.env, ...Object.fromEntries(given) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => {
    answer((response) => response.setStdout(chunk));
  });
  child.stderr.on("data", (chunk: Buffer) => {
    answer((response) => response.setStderr(chunk));
  });
  child.once("close", (code) => {
    exit(code ?? 1);
  });
  // The engine has what it wants, or is gone.
  call.once("cancelled", () => child.kill());
}

interface GrpcServer {
  addService(service: object, implementation: object): void;
  bindAsync(address: string, credentials: object, done: (error: Error | null, port: number) => void): void;
}

// It is @pulumi/pulumi's dependency, whose service takes only its own copy.
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
