import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { type RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/*
 * As much of Pulumi's language host for Node.js as runs a policy pack. A CLI that was built from its Go module has none
 * beside it, and newer ones start policy packs through it only. Like Pulumi's own, it stands between the engine and the
 * pack, and starts the pack when it knows the stack's configuration, which goes into the pack's environment.
 */

interface PluginCall {
  readonly request: RunPluginRequest;
  write(response: RunPluginResponse): void;
  end(): void;
  once(event: "cancelled", then: () => void): void;
}
type Callback = (error: unknown, response?: unknown) => void;
type Rpc = (call: { readonly request: unknown }, callback: Callback) => void;
type Forward = (request: unknown, callback: Callback) => void;

interface GrpcServer {
  addService(service: object, implementation: object): void;
  bindAsync(address: string, credentials: object, done: (error: Error | null, port: number) => void): void;
}
// It is @pulumi/pulumi's dependency, whose services take only its own copy.
const { credentials, Server, ServerCredentials } = createRequire(require.resolve("@pulumi/pulumi"))(
  "@grpc/grpc-js",
) as {
  readonly credentials: { createInsecure(): never };
  readonly Server: new (options: object) => GrpcServer;
  readonly ServerCredentials: { createInsecure(): object };
};
// A stack has many rows.
const maxBytes = 400 * 1024 * 1024;
const limits = { "grpc.max_receive_message_length": maxBytes, "grpc.max_send_message_length": maxBytes };

function serve(service: object, implementation: object): Promise<number> {
  const server = new Server(limits);
  server.addService(service, implementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

async function runPlugin(call: PluginCall): Promise<void> {
  const answer = (fill: (response: RunPluginResponse) => void): void => {
    const response = new RunPluginResponse();
    fill(response);
    call.write(response);
  };
  const folder = call.request.getInfo()?.getProgramDirectory() ?? "";
  let launcher: string;
  try {
    launcher = createRequire(join(realpathSync(folder), "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    const message = `@pulumi/pulumi is not installed in ${folder} or a folder above it: run npm install there.\n`;
    answer((response) => response.setStderr(Buffer.from(message)));
    answer((response) => response.setExitcode(1));
    call.end();
    return;
  }
  let pack: Promise<AnalyzerClient> | undefined;
  let child: ChildProcess | undefined;
  const start = (configuration?: AnalyzerStackConfigureRequest): Promise<AnalyzerClient> =>
    (pack ??= new Promise((resolve, reject) => {
      child = spawn(process.execPath, [launcher, ...call.request.getArgsList(), folder], {
        cwd: folder,
        env: { ...process.env, ...environmentOf(call.request, configuration) },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        const hasPort = output.includes("\n");
        output += chunk.toString();
        if (hasPort) answer((response) => response.setStdout(chunk));
        else if (output.includes("\n")) {
          resolve(new AnalyzerClient(`127.0.0.1:${output.trim()}`, credentials.createInsecure(), limits));
        }
      });
      child.stderr?.on("data", (chunk: Buffer) => {
        answer((response) => response.setStderr(chunk));
      });
      child.once("close", (code) => {
        reject(new Error("The policy pack has ended."));
        answer((response) => response.setExitcode(code ?? 1));
        call.end();
      });
    }));
  const forward =
    (method: string): Rpc =>
    ({ request }, callback) => {
      start().then((client) => {
        (client as unknown as Record<string, Forward>)[method]?.call(client, request, callback);
      }, callback);
    };
  // Without its handshake, the engine does as it did before there was one.
  const methods = Object.keys(AnalyzerService).filter((method) => method !== "handshake");
  const port = await serve(AnalyzerService, {
    ...Object.fromEntries(methods.map((method) => [method, forward(method)])),
    configureStack: (given: { readonly request: AnalyzerStackConfigureRequest }, callback: Callback) => {
      start(given.request).then(() => {
        forward("configureStack")(given, callback);
      }, callback);
    },
  });
  // The engine has what it wants, or is gone.
  call.once("cancelled", () => child?.kill());
  answer((response) => response.setStdout(Buffer.from(`${port}\n`)));
}

function environmentOf(
  request: RunPluginRequest,
  configuration: AnalyzerStackConfigureRequest | undefined,
): NodeJS.ProcessEnv {
  const given = request.getEnvList().map((entry): [string, string] => {
    const [name = "", ...value] = entry.split("=");
    return [name, value.join("=")];
  });
  return {
    ...Object.fromEntries(given),
    ...(configuration && {
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(configuration.getConfigMap().getEntryList())),
      PULUMI_NODEJS_DRY_RUN: String(configuration.getDryRun()),
      PULUMI_NODEJS_ORGANIZATION: configuration.getOrganization(),
      PULUMI_NODEJS_PROJECT: configuration.getProject(),
      PULUMI_NODEJS_STACK: configuration.getStack(),
    }),
  };
}

// An engine that is killed ends no one.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit();
}, 1_000).unref();

void serve(LanguageRuntimeService, {
  getPluginInfo: (_: unknown, callback: Callback) => {
    callback(null, new PluginInfo().setVersion("0.0.0"));
  },
  runPlugin: (call: PluginCall) => void runPlugin(call),
}).then((port) => process.stdout.write(`${port}\n`));
