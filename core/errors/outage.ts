import { BadResponseError } from "./badResponseError";
import { connectionProblemOf } from "./connectionProblem";
import type { ErrorContext } from "./errorContext";
import type { Failure } from "./failure";
import type { OrgConformanceError } from "./orgConformanceError";
import { ServiceError } from "./serviceError";
import { ThrottledError } from "./throttledError";
import { TimedOutError } from "./timedOutError";
import { UnreachableError } from "./unreachableError";

/** The service that is looked up, and the one that gives its role: a source of credentials is the caller's own. */
const services: ReadonlySet<ErrorContext["service"]> = new Set([undefined, "AWS Config", "AWS STS"]);

/**
 * True for a failure in which AWS gave no answer: it was silent, unreachable, throttled, broken, or what came is not valid.
 * False for an answer that refuses: access, credentials, the account, an argument, an unknown pack. A proxy that refuses,
 * a certificate that is not trusted and a connection that was not opened are this machine's own, and what is not known is
 * no outage.
 */
export function isOutage(failure: Failure): boolean {
  const { cause, service } = failure.context;
  if (!services.has(service)) return false;
  const isOf = (type: new (context: never) => OrgConformanceError): boolean => failure.is(type);
  if (isOf(ServiceError)) return statusOf(cause) >= 500;
  if (isOf(UnreachableError)) return connectionProblemOf(cause) === "network";
  // A page of HTML with such a status is a refusal that is not AWS's: a proxy's, for example.
  if (isOf(BadResponseError)) return statusOf(cause) < 400 || statusOf(cause) >= 500;
  return isOf(TimedOutError) || isOf(ThrottledError);
}

/** The HTTP status of the answer; 0 without one. */
function statusOf(cause: unknown): number {
  const { $metadata, $response } = (cause ?? {}) as {
    readonly $metadata?: { readonly httpStatusCode?: number };
    readonly $response?: { readonly statusCode?: number };
  };
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
}
