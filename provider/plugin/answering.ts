import { type handleUnaryCall, Metadata, type ServerErrorResponse, status as grpcStatus } from "@grpc/grpc-js";
import type { CallsInFlight } from "./callsInFlight";

/** An error that is answered as it is: it has the details that the engine reads. */
export class AnswerError extends Error implements ServerErrorResponse {
  constructor(
    message: string,
    readonly code: grpcStatus = grpcStatus.UNKNOWN,
    readonly metadata: Metadata = new Metadata(),
  ) {
    super(message);
  }
}

type Answer = <Request, Response>(
  answer: (request: Request, signal: AbortSignal) => Response | Promise<Response>,
) => handleUnaryCall<Request, Response>;

/**
 * Makes the answers to calls. An error's message is what the CLI shows; it never has a stack.
 *
 * @param wordsOf - The message of an error that is meant for people as it is.
 */
export function answering(calls: CallsInFlight, wordsOf: (error: unknown) => string | undefined): Answer {
  return (answer) => (call, callback) => {
    calls
      .run(async (signal) => {
        try {
          return await answer(call.request, signal);
        } catch (error) {
          throw answerError(error, signal, wordsOf);
        }
      })
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(error as AnswerError);
        },
      );
  };
}

/** Refuses calls that a provider without such a thing gets from nobody, or from an engine that takes it well. */
export function notImplemented(what: string): handleUnaryCall<unknown, never> {
  return (_call, callback) => {
    callback(new AnswerError(`The org-conformance provider has no ${what}.`, grpcStatus.UNIMPLEMENTED));
  };
}

function answerError(
  error: unknown,
  signal: AbortSignal,
  wordsOf: (error: unknown) => string | undefined,
): AnswerError {
  if (error instanceof AnswerError) return error;
  if (signal.aborted) {
    return new AnswerError("The lookup was cancelled.\nNext: Run the command again.", grpcStatus.CANCELLED);
  }
  return new AnswerError(
    wordsOf(error) ?? `The org-conformance provider failed: ${error instanceof Error ? error.message : String(error)}`,
  );
}
