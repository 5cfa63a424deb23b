import { plural } from "../text/plural";
import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { quotedPack, regionOf } from "./subject";

interface NotSettledContext extends ErrorContext {
  /** A report on the accounts that are not settled. */
  readonly report: string;
  /** The time limit of the wait. */
  readonly timeoutSeconds: number;
}

/** Waiting for a pack to settle took longer than it may. */
export class NotSettledError extends OrgConformanceError {
  constructor(context: NotSettledContext) {
    const { report, timeoutSeconds } = context;
    super(
      `Pack ${quotedPack(context)} in ${regionOf(context)} has not settled within ${plural(timeoutSeconds, "second")}.\n${report}`,
      "Run the command again to continue waiting; if AWS needs longer, raise waitForSettled.timeoutSeconds.",
      context,
    );
  }
}
