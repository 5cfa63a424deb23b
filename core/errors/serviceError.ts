import { sanitize } from "../text/sanitize";
import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

interface ServiceContext extends ErrorContext {
  /** AWS's error code, for example `InternalServerError`. */
  readonly code: string;
}

/** A service failed, or refused the request for a reason that has no class of its own. */
export class ServiceError extends OrgConformanceError {
  /** AWS's error code, for example `InternalServerError`. */
  readonly code: string;

  constructor(context: ServiceContext) {
    const { code } = context;
    super(
      `${serviceOf(context)} answered ${sanitize(code, 80)} for ${packIn(context)}.`,
      code === "AWSOrganizationsNotInUseException"
        ? "Call from an account of an organization: its management account, or a delegated administrator."
        : "Run the command again; if it happens again, look at the AWS Health Dashboard or ask AWS with the request id.",
      context,
    );
    this.code = code;
  }
}
