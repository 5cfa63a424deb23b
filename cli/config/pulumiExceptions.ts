import { isPlainObject } from "../../core/checks/check";
import { settingsChecks } from "../../policy/settingsChecks";

/** One of Pulumi's own exceptions, which newer CLIs apply to violations: this package does not see them. */
export interface PulumiException {
  readonly id: string;
  /** The policies of this package that it is for. */
  readonly policies: readonly string[];
}

/** The exceptions in a file of version 2 that are for policies of this package. */
export function pulumiExceptionsIn(exceptions: unknown): readonly PulumiException[] {
  if (!isPlainObject(exceptions)) return [];
  return Object.entries(exceptions)
    .map(([id, exception]) => ({ id, policies: ourPoliciesIn(exception) }))
    .filter(({ policies }) => policies.length > 0);
}

function ourPoliciesIn(exception: unknown): readonly string[] {
  const matches = isPlainObject(exception) && Array.isArray(exception.match) ? (exception.match as unknown[]) : [];
  const names = matches.flatMap((match) =>
    isPlainObject(match) && Array.isArray(match.policies) ? (match.policies as unknown[]) : [],
  );
  return Object.keys(settingsChecks).filter((name) => names.includes(name));
}
