import { Metadata, status as grpcStatus } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Properties } from "../gateInputs";
import { AnswerError } from "./answering";
import { toStruct } from "./properties";

/**
 * The error that the engine takes for a resource that exists but failed to initialize: it saves the properties, changes
 * no dependent, and updates the resource in the next run.
 */
export function initFailed(message: string, id: string, properties: Properties): AnswerError {
  const failure = new ErrorResourceInitFailed();
  failure.setId(id);
  failure.setProperties(toStruct(properties));
  failure.setReasonsList([message]);
  const detail = new Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpcStatus.UNKNOWN);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new Metadata();
  // Where Go's implementation of gRPC has the details of an error.
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return new AnswerError(message, grpcStatus.UNKNOWN, metadata);
}
