import type { Command } from "commander";
import { exitCodes, worstExitCode } from "../core/statusFile/exitCodes";
import type { StatusFile } from "../core/statusFile/statusFile";

/** The flags that say with which code a command ends. */
export interface VerdictFlags {
  readonly exitZero?: boolean;
}

const verdictCodes: readonly number[] = [exitCodes.FAILED, exitCodes.IN_PROGRESS, exitCodes.INCOMPLETE];

/** Adds the flags to a command. */
export function addVerdictFlags(command: Command): Command {
  return command.option("--exit-zero", "end with 0 whatever the verdict; an error keeps its exit code");
}

/** The exit code for these statuses: that of the worst. */
export function exitCodeOfStatuses(files: readonly StatusFile[], { exitZero }: VerdictFlags): number {
  const code = worstExitCode(files.map(({ exitCode }) => exitCode));
  return exitZero && verdictCodes.includes(code) ? exitCodes.passed : code;
}
