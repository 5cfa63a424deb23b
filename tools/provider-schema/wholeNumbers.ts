import type { Check } from "../../core/checks/check";
import { gateChecks } from "../../core/gate/gateChecks";
import { packStatusChecks } from "../../core/status/packStatusChecks";

/** The checks of the types that arguments have. The numbers of all other types are counts. */
const checks: Readonly<Record<string, Check>> = {
  AssumeRole: packStatusChecks.assumeRole,
  Tolerance: gateChecks.tolerate,
  WaitForSettled: gateChecks.waitForSettled,
  PackStatusArgs: (args, at) =>
    Object.entries(args as object).flatMap(([key, value]) =>
      packStatusChecks[key as keyof typeof packStatusChecks](value, `${at}.${key}`),
    ),
};

/** True if a number of a type is a whole one: for an argument, if its check says so. */
export function isWhole(type: string, property: string): boolean {
  const check = checks[type];
  if (!check) return true;
  return check({ [property]: 1.5 }, type).some(
    (problem) => problem.property === `${type}.${property}` && problem.reason.includes("a whole number"),
  );
}
