import { type Check, described, list, record, withSchema } from "../checks/check";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { argumentsCheck, argumentsSchema, findProblems, packStatusChecks } from "../status/packStatusChecks";
import type { ReportOptions } from "./report";
import { reportChecks } from "./reportChecks";
import type { Tolerance } from "./tolerance";
import { toleranceCheck } from "./toleranceCheck";

/** A pack that must have passed, whatever the program declares. */
export type RequiredPack = PackStatusArgs & { readonly tolerate?: Tolerance };

/** The configuration of required packs. */
export interface RequiredPacks extends ReportOptions {
  readonly packs?: readonly RequiredPack[];
}

/** The policy's name, and the key of its configuration. */
export const requiredPacksName = "organization-conformance-pack-required-packs";

/** The checks for a `RequiredPack`. */
const requiredPackChecks = {
  // A lookup that leaves out statuses never passes.
  ...Object.fromEntries(Object.entries(packStatusChecks).filter(([key]) => key !== "statuses")),
  tolerate: described("The exceptions for this pack.", toleranceCheck),
};

const requiredPackCheck: Check = withSchema(
  () => argumentsSchema(requiredPackChecks),
  (value, property) => {
    const problems = argumentsCheck(value, property);
    if (problems.length > 0) return problems;
    return findProblems(value, requiredPackChecks).map((problem) => ({
      property: `${property}.${problem.property}`,
      reason: problem.reason,
    }));
  },
);

/** The check for `RequiredPacks`. */
export const requiredPacksCheck: Check = record({
  ...reportChecks,
  packs: described(
    `The packs to look up, 1 to 100: a list of objects with ${Object.keys(requiredPackChecks).join(", ")}. All but tolerate are the arguments of getOrganizationConformancePackStatus.`,
    list(requiredPackCheck, 100),
  ),
} satisfies Record<keyof RequiredPacks, Check>);
