import type { Problem } from "../checks/problem";
import { OrgConformanceError } from "./orgConformanceError";

/** The arguments or the settings are not acceptable. AWS Config was not asked, unless AWS Organizations shows it. */
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
