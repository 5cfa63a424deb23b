import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";

interface PackListContext extends ErrorContext {
  /** The problem, as a sentence. */
  readonly problem: string;
}

/** It is not certain which organization conformance packs there are, or there are none: no lookup of all packs passes then. */
export class PackListError extends OrgConformanceError {
  constructor({ problem, ...context }: PackListContext) {
    super(problem, "Check the account and the regions, and run the command again.", context);
  }
}
