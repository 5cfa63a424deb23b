import type { ServerResponse } from "node:http";
import type { AwsFault } from "../awsFault";
import { organizationsTarget } from "../services/organizations";
import { queryError } from "../services/queryProtocol";
import { send } from "./answers";
import type { AwsRequest } from "./awsRequest";

export const jsonType = "application/x-amz-json-1.1";
export const xmlType = "text/xml";

/** Answers with an error, in the protocol of the request. */
export function sendFault(
  response: ServerResponse,
  { form, target }: AwsRequest,
  fault: AwsFault,
  requestId: string,
): void {
  if (form) {
    send(response, fault.httpStatus, xmlType, queryError(fault, requestId));
    return;
  }
  response.setHeader("x-amzn-ErrorType", fault.code);
  const message = target.split(".")[0] === organizationsTarget ? "Message" : "message";
  const body = { __type: fault.code, [message]: fault.message, ...fault.members };
  send(response, fault.httpStatus, jsonType, JSON.stringify(body));
}
