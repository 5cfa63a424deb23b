import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

interface BadResponseContext extends ErrorContext {
  /** The mistake in the answer: "it is not JSON". */
  readonly what: string;
}

/** An answer that is not what AWS sends: not JSON, or a row without a field that AWS always sends. */
export class BadResponseError extends OrgConformanceError {
  constructor(context: BadResponseContext) {
    super(
      `${serviceOf(context)} returned an invalid response for ${packIn(context)}: ${context.what}.`,
      "Check whether a proxy or a custom endpoint (aws:endpoints, AWS_ENDPOINT_URL) answers instead of AWS.",
      context,
    );
  }
}
