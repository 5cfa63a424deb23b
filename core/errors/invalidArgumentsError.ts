import type { Problem } from "../checks/problem";
import { OrgConformanceError } from "./orgConformanceError";

/**
 * The arguments or the settings are not acceptable. Nothing was sent to AWS, unless only AWS Organizations could show the
 * mistake: organizational units without an account.
 */
export class InvalidArgumentsError extends OrgConformanceError {
  /** One entry for each mistake. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], packName = "", cause?: unknown) {
    super(
      problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"),
      "Correct the arguments and run the command again.",
      { packName, cause },
    );
    this.problems = problems;
  }
}
