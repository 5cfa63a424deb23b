import type { ErrorContext } from "./errorContext";
import { OrgConformanceError } from "./orgConformanceError";
import { packIn, quotedPack, regionOf, serviceOf } from "./subject";

interface PaginationContext extends ErrorContext {
  readonly problem: PaginationError["problem"];
  /** The number of pages that were read, or of readings from the start, or `maxPages`. */
  readonly count: number;
}

/** The pages of an answer have no end that can be reached. */
export class PaginationError extends OrgConformanceError {
  /**
   * `repeatedToken`: AWS returned a `NextToken` that it had returned before, so the pages would never end.
   * `invalidToken`: AWS refused its own `NextToken`, each time that the pages were read from the start.
   * `tooManyPages`: there are more pages than `maxPages`.
   */
  readonly problem: "repeatedToken" | "invalidToken" | "tooManyPages";

  constructor(context: PaginationContext) {
    const { description, nextStep } = problems[context.problem];
    super(description(context), nextStep, context);
    this.problem = context.problem;
  }
}

const problems: Readonly<
  Record<
    PaginationError["problem"],
    { readonly description: (context: PaginationContext) => string; readonly nextStep: string }
  >
> = {
  repeatedToken: {
    description: (context) =>
      `${serviceOf(context)} repeated a NextToken after ${String(context.count)} pages of ${packIn(context)}.`,
    nextStep: "Run the command again; if it happens again, report it to AWS with the request id.",
  },
  invalidToken: {
    description: (context) =>
      `${serviceOf(context)} refused its own NextToken in each of ${String(context.count)} readings of ${packIn(context)}.`,
    nextStep: "Run the command again; a smaller number of pages (a larger pageSize) makes it less likely.",
  },
  tooManyPages: {
    description: (context) =>
      `Pack ${quotedPack(context)} in ${regionOf(context)} has more than maxPages (${String(context.count)}) pages.`,
    nextStep: "Raise maxPages if the organization is that large.",
  },
};
