import type { Server } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import schema from "../schema.json";
import { EngineLog } from "./engineLog";
import { gateProvider, resourceProviderService } from "./resourceProviderService";

/**
 * Adds the plugin's service to a server.
 *
 * @param engineAddress - Absent when someone attaches to the plugin by its port.
 */
export function serve(server: Server, engineAddress: string | undefined): void {
  const service = resourceProviderService(new EngineLog(engineAddress), JSON.stringify(schema));
  server.addService(ResourceProviderService, service);
  // The program starts meanwhile.
  setImmediate(gateProvider);
}
