import { InvalidArgumentsError } from "../errors";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { packNameOf } from "../status/packStatusChecks";

/** The arguments that pick rows, and those that say how to read them. */
export type MemberStatusesArgs = Omit<
  PackStatusArgs,
  "accountPaths" | "aggregate" | "detail" | "excludedAccounts" | "expectedAccounts" | "ownerTag" | "stuckAfterMinutes"
>;

/** All are about the verdict: a stream that ignored one would look like a pass. */
const argsOfVerdict: readonly Exclude<keyof PackStatusArgs, keyof MemberStatusesArgs>[] = [
  "accountPaths",
  "aggregate",
  "detail",
  "excludedAccounts",
  "expectedAccounts",
  "ownerTag",
  "stuckAfterMinutes",
];

/** @throws `InvalidArgumentsError` for arguments that a stream does not take. */
export function refuseArgsOfVerdict(args: PackStatusArgs): void {
  const problems = argsOfVerdict
    .filter((property) => args[property] !== undefined)
    .map((property) => ({
      property,
      reason: "A stream only reads rows, so it does not take this argument. Remove it, or look up the whole status.",
    }));
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(args));
}
