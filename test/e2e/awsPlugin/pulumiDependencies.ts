import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { createRequire } from "node:module";

/** Properties of a resource on the wire. */
export type Struct = NonNullable<ReturnType<CheckRequest["getNews"]>>;
type Empty = Parameters<IResourceProviderServer["cancel"]>[0]["request"];

interface GrpcServer {
  addService(service: object, implementation: object): void;
  bindAsync(address: string, credentials: object, done: (error: Error | null, port: number) => void): void;
}

/** These are @pulumi/pulumi's dependencies, not the repository's, and its service takes only its own copies of them. */
const requireAsPulumi = createRequire(require.resolve("@pulumi/pulumi"));

export const { Server, ServerCredentials } = requireAsPulumi("@grpc/grpc-js") as {
  readonly Server: new () => GrpcServer;
  readonly ServerCredentials: { createInsecure(): object };
};
export const { Empty } = requireAsPulumi("google-protobuf/google/protobuf/empty_pb") as {
  readonly Empty: new () => Empty;
};
export const { Struct } = requireAsPulumi("google-protobuf/google/protobuf/struct_pb") as {
  readonly Struct: { fromJavaScript(value: object): Struct };
};
