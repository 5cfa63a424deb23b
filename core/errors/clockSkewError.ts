import { plural } from "../text/plural";
import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn } from "./subject";

interface ClockSkewContext extends ErrorContext {
  /** The time by which AWS's clock is ahead, in milliseconds. */
  readonly offsetMs: number;
}

/** This machine's clock and AWS's differ by so much that nothing which depends on the time can be judged. */
export class ClockSkewError extends OrgConformanceError {
  constructor(context: ClockSkewContext) {
    const { offsetMs } = context;
    const minutes = plural(Math.round(Math.abs(offsetMs) / 60_000), "minute");
    super(
      `This machine's clock is ${minutes} ${offsetMs > 0 ? "behind" : "ahead of"} AWS's, as reading ${packIn(context)} showed.`,
      "Correct this machine's clock: it decides when exceptions expire, which accounts are stuck, and whether a status is from this run.",
      context,
    );
  }
}
