import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

interface TimedOutContext extends ErrorContext {
  /** The argument that set the limit. */
  readonly limit: "requestTimeoutSeconds" | "timeoutSeconds";
}

/** A time limit of this package passed. */
export class TimedOutError extends OrgConformanceError {
  constructor(context: TimedOutContext) {
    const { limit } = context;
    super(
      limit === "timeoutSeconds"
        ? `Gathering ${packIn(context)} took longer than timeoutSeconds allows.`
        : `${serviceOf(context)} did not answer in time for ${packIn(context)}.`,
      `Run the command again; if it stays slow, raise ${limit}.`,
      context,
    );
  }
}
