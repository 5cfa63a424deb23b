import { OrgConformanceError } from "../errors";

/** A text that is not a status file, or one that this version can't read. */
export class StatusFileError extends OrgConformanceError {
  /** `foreign`: it is something else. `damaged`: it is a status file with a mistake. `newer`: a later version wrote it. */
  readonly problem: "foreign" | "damaged" | "newer";

  readonly #what: string;

  constructor(problem: StatusFileError["problem"], what: string, nextStep: string, cause?: unknown) {
    super(what, nextStep, { packName: "", cause });
    this.problem = problem;
    this.#what = what;
  }

  /** The same error with the name of the file in front. */
  inFile(name: string): StatusFileError {
    return new StatusFileError(this.problem, `${name}: ${this.#what}`, this.nextStep, this.cause);
  }
}
