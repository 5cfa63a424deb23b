import type { AwsSettings } from "../aws/settings";
import { findProblems, packNameOf, packStatusChecks } from "../status/packStatusChecks";
import { InvalidArgumentsError } from "../errors";
import type { PackStatusArgs } from "../status/packStatusArgs";

/** @throws `InvalidArgumentsError` */
export function refuseProblems(args: PackStatusArgs): void {
  const problems = findProblems(args, packStatusChecks);
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(args));
}

/** The settings, with the role of the arguments at the end of their chain. */
export function settingsFor({ assumeRole }: PackStatusArgs, settings: AwsSettings): AwsSettings {
  return assumeRole ? { ...settings, lookupRole: assumeRole } : settings;
}
