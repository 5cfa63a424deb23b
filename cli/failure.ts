import { CommanderError } from "commander";
import { OrgConformanceError } from "../core/errors";
import { exitCodeOfError, exitCodes } from "../core/statusFile/exitCodes";
import { sanitize } from "../core/text/sanitize";
import { CommandError } from "./commandError";
import { inFlags } from "./inFlags";
import { otherFailure } from "./otherFailure";

/** The last words of a command that failed, and its exit code. */
export interface Failure {
  /** Empty when all is said. */
  readonly message: string;
  readonly exitCode: number;
}

/** The end of a command that threw something. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return { message: error.message, exitCode: error.exitCode };
  if (error instanceof OrgConformanceError)
    return { message: inFlags(error.message), exitCode: exitCodeOfError(error) };
  // Help and version are thrown, too, once they are printed.
  if (error instanceof CommanderError)
    return { message: "", exitCode: error.exitCode === 0 ? 0 : exitCodes.invalidArguments };
  const message = sanitize(error instanceof Error ? error.message : String(error), 600);
  return { message: `This is a bug, please report it: ${message}`, exitCode: otherFailure };
}
