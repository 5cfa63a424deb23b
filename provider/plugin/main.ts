import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import schema from "../schema.json";
import { endWithTheEngine } from "./endWithTheEngine";
import { EngineLog } from "./engineLog";
import { gateProvider, resourceProviderService } from "./resourceProviderService";

/** As Pulumi's own hosts: the rows of tens of thousands of accounts are larger than gRPC's default. */
const maxMessageBytes = 400 * 1024 * 1024;

const engineAddress = process.argv.slice(2).find((arg) => /^[^-\s][^\s]*:\d+$/.test(arg));
const server = new Server({
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
});
server.addService(
  ResourceProviderService,
  resourceProviderService(new EngineLog(engineAddress), JSON.stringify(schema)),
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The engine reads the first line as the port.
  process.stdout.write(`${String(port)}\n`, () => {
    // The program starts meanwhile.
    setImmediate(gateProvider);
  });
});
// Someone who attaches to a plugin by its port (PULUMI_DEBUG_PROVIDERS) ends it himself.
if (engineAddress !== undefined) endWithTheEngine();
