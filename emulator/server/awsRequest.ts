import type { IncomingMessage } from "node:http";
import { AwsFault } from "../awsFault";

/** A request in one of AWS's protocols: JSON, which AWS Config and Organizations speak, or query, which STS speaks. */
export interface AwsRequest {
  /** `X-Amz-Target`. Empty in the query protocol. */
  readonly target: string;
  readonly operation: string;
  readonly body: string;
  /** The fields of the query protocol. `undefined` in the JSON protocol. */
  readonly form: URLSearchParams | undefined;
}

export function awsRequestOf(request: IncomingMessage, body: string): AwsRequest {
  const target = String(request.headers["x-amz-target"] ?? "");
  if (target !== "") return { target, operation: target.split(".")[1] ?? "", body, form: undefined };
  const form = new URLSearchParams(body);
  return { target, operation: form.get("Action") ?? "", body, form };
}

/**
 * The input of the operation, without credentials.
 *
 * @throws `SerializationException`
 */
export function inputOf({ body, form }: AwsRequest): Readonly<Record<string, unknown>> {
  return form
    ? Object.fromEntries([...form].filter(([key]) => !/token|secret|accesskey/i.test(key)))
    : jsonStructure(body);
}

function jsonStructure(body: string): Readonly<Record<string, unknown>> {
  let input: unknown;
  try {
    input = JSON.parse(body);
  } catch {
    throw new AwsFault("SerializationException", "The request body is not JSON.");
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new AwsFault("SerializationException", "The request body is not a structure.");
  }
  return input as Record<string, unknown>;
}
