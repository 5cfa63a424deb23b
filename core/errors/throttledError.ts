import { plural } from "../text/plural";
import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, serviceOf } from "./subject";

interface ThrottledContext extends ErrorContext {
  /** The number of attempts, if the SDK reported it. */
  readonly attempts?: number | undefined;
}

/** AWS kept throttling until the attempts were used up. */
export class ThrottledError extends OrgConformanceError {
  constructor(context: ThrottledContext) {
    const { attempts } = context;
    super(
      `AWS throttled the calls for ${packIn(context)}${attempts === undefined ? "" : `, ${plural(attempts, "attempt")} in a row`}.`,
      `Run the command again, raise maxAttempts, or find out what else calls ${serviceOf(context)} in this account.`,
      context,
    );
  }
}
