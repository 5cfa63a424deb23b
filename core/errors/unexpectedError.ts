import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

/** A failure that this package does not know, before a service answered: of this machine, or a mistake in the code. */
export class UnexpectedError extends OrgConformanceError {
  constructor(context: ErrorContext) {
    super(
      `The call of ${serviceOf(context)} for ${packIn(context)} failed before an answer came.`,
      "Run the command again; if it happens again, report it with this message: https://github.com/pulumi-org-conformance/pulumi-org-conformance/issues.",
      context,
    );
  }
}
