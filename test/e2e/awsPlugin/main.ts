import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Server, ServerCredentials } from "./pulumiDependencies";
import { pulumiAwsVersion } from "./pulumiAwsVersion";
import { resourceProviderServer } from "./resourceProviderServer";

const server = new Server();
server.addService(ResourceProviderService, resourceProviderServer(pulumiAwsVersion));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  // The engine reads the first line as the port, and shows later ones to the user.
  process.stdout.write(`${port}\n`);
});
