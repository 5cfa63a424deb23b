import {
  AccessDeniedError,
  AccountRefusedError,
  CredentialsError,
  InvalidArgumentsError,
  NotSettledError,
  type OrgConformanceError,
} from "../errors";
import type { Verdict } from "../status/verdict";

/** The exit codes of the command line. 1 is none of them: Node.js and npx end with it when they crash. */
export const exitCodes = {
  passed: 0,
  invalidArguments: 2,
  denied: 3,
  notLookedUp: 4,
  notSettled: 9,
  FAILED: 10,
  IN_PROGRESS: 11,
  INCOMPLETE: 12,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code for a decision. */
export function exitCodeOf(verdict: Verdict): ExitCode {
  return verdict === "PASSED" ? exitCodes.passed : exitCodes[verdict];
}

/** The exit code for a lookup that failed. */
export function exitCodeOfError(error: OrgConformanceError): ExitCode {
  if (error instanceof InvalidArgumentsError) return exitCodes.invalidArguments;
  const isDenied = [AccessDeniedError, AccountRefusedError, CredentialsError].some((kind) => error instanceof kind);
  if (isDenied) return exitCodes.denied;
  return error instanceof NotSettledError ? exitCodes.notSettled : exitCodes.notLookedUp;
}

/** Those for a lookup that failed. */
export const exitCodesOfErrors: readonly ExitCode[] = [
  exitCodes.invalidArguments,
  exitCodes.denied,
  exitCodes.notLookedUp,
  exitCodes.notSettled,
];

/** The exit code for several lookups: that of the worst. An error is worse than a verdict: nothing is known there. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return Object.values(exitCodes).find((code) => code !== exitCodes.passed && codes.includes(code)) ?? exitCodes.passed;
}
