import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { AwsFault } from "../awsFault";
import { awsErrorOf } from "../faults/awsErrors";
import { bentAnswer } from "../faults/bentAnswer";
import type { Fault } from "../faults/fault";
import type { InjectedFaults } from "../faults/injectedFaults";
import type { Services } from "../services/services";
import { acceptedBody } from "./acceptedBody";
import { send, sendHalf } from "./answers";
import { type AwsRequest, awsRequestOf, inputOf } from "./awsRequest";
import type { EmulatedRequest } from "./emulatedRequest";
import { jsonType, sendFault, xmlType } from "./faultAnswer";
import type { Limits } from "./limits";
import { signerOf } from "./signer";

/** The parts that answer a request. */
export interface HandlerParts {
  readonly services: Services;
  readonly faults: InjectedFaults;
  readonly limits: Limits;
  /** Every request so far. */
  readonly log: EmulatedRequest[];
  readonly latencyMs: number;
  /** Is called for each request, just before its answer is made. */
  readonly onRequest: (request: EmulatedRequest) => void;
}

/** One request and its answer. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly asked: AwsRequest;
}

/** Answers requests as AWS would. */
export class RequestHandler {
  readonly #parts: HandlerParts;

  constructor(parts: HandlerParts) {
    this.#parts = parts;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    response.setHeader("x-amzn-RequestId", requestId);
    const body = await acceptedBody(request, response);
    if (body === undefined) return;
    const asked = awsRequestOf(request, body);
    try {
      await this.#answer({ request, response, requestId, asked });
    } catch (error) {
      const fault = error instanceof AwsFault ? error : new AwsFault("InternalFailure", String(error), 500);
      sendFault(response, asked, fault, requestId);
    }
  }

  async #answer(exchange: Exchange): Promise<void> {
    const { faults, latencyMs, limits, log, onRequest } = this.#parts;
    const { asked, response } = exchange;
    const { operation } = asked;
    const call = this.#callOf(exchange);
    log.push(call);
    if (latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
    // From here to the answer nothing may wait, unless a fault says so: other requests can change what AWS knows.
    onRequest(call);
    limits.check(call, asked.target);
    const hits = faults.hitting(operation, call.region);
    for (const fault of hits) {
      if (fault.kind === "slowResponse") await delay(fault.delayMs ?? 60_000, undefined, { ref: false });
      if (breaksOff(fault, exchange)) return;
      const error = awsErrorOf(fault.kind, operation, call.principal);
      if (error) throw error;
    }
    const answer = hits.some(({ kind }) => kind === "truncatedBody") ? sendHalf : send;
    if (asked.form) answer(response, 200, xmlType, this.#xml(call, asked.form, exchange.requestId));
    else answer(response, 200, jsonType, this.#json(call, asked.target, hits));
  }

  #callOf({ asked, request }: Exchange): EmulatedRequest {
    const signer = signerOf(request);
    const principal = this.#parts.services.sessions.principalOf(signer);
    return { operation: asked.operation, region: signer.region, principal, input: inputOf(asked) };
  }

  #xml({ operation, principal }: EmulatedRequest, form: URLSearchParams, requestId: string): string {
    return this.#parts.services.callQuery({ action: operation, principal, form, requestId });
  }

  #json({ input, principal, region }: EmulatedRequest, target: string, hits: readonly Fault[]): string {
    const answer = this.#parts.services.callJson({ target, region, principal, input });
    return JSON.stringify(hits.reduce((bent, fault) => bentAnswer(fault, input, bent), answer));
  }
}

/** Answers as the fault demands. Returns true if nothing is left to answer. */
function breaksOff({ kind }: Fault, { request, response }: Exchange): boolean {
  switch (kind) {
    case "resetConnection":
      request.socket.resetAndDestroy();
      return true;
    case "htmlBody":
      send(response, 200, "text/html", "<!DOCTYPE html><html><body>Please sign in to the network</body></html>");
      return true;
    default:
      return false;
  }
}
