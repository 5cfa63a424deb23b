import { Server, ServerCredentials } from "@grpc/grpc-js";
import { writeSync } from "node:fs";
import { endWithTheEngine } from "./endWithTheEngine";

/** As Pulumi's own hosts: the rows of tens of thousands of accounts are larger than gRPC's default. */
const maxMessageBytes = 400 * 1024 * 1024;

const engineAddress = process.argv.slice(2).find((arg) => /^[^-\s][^\s]*:\d+$/.test(arg));
const server = new Server({
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The engine reads the first line as the port. It connects while the rest is loaded, and is answered after that.
  writeSync(process.stdout.fd, `${String(port)}\n`);
  const { serve } = require("./serve") as typeof import("./serve");
  serve(server, engineAddress);
});
// Someone who attaches to a plugin by its port (PULUMI_DEBUG_PROVIDERS) ends it themselves.
if (engineAddress !== undefined) endWithTheEngine();
