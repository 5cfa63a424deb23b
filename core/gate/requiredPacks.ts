import { type Check, described, either, list, record, withSchema } from "../checks/check";
import type { Problem } from "../checks/problem";
import { allPacksName } from "../errors";
import type { PackStatusArgs } from "../status/packStatusArgs";
import { argumentsCheck, argumentsSchema, findProblems, packStatusChecks } from "../status/packStatusChecks";
import type { ReportOptions } from "./report";
import { reportChecks } from "./reportChecks";
import type { Tolerance } from "./tolerance";
import { toleranceCheck } from "./toleranceCheck";

/** A pack that must have passed, whatever the program declares; or, with the name `*`, all packs but those of `except`. */
export type RequiredPack = PackStatusArgs & {
  /** With the name `*`: the names of packs that are not looked up. */
  readonly except?: readonly string[];
  readonly tolerate?: Tolerance;
};

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
  name: described(
    'The organization conformance pack\'s name, or "*" for all packs that the caller sees.',
    either(
      (value) => value === allPacksName,
      withSchema({ const: allPacksName }, () => []),
      packStatusChecks.name,
    ),
  ),
  except: described(
    'With the name "*": the names of packs that are not looked up.',
    list(packStatusChecks.name, 1_000),
  ),
  tolerate: described("The exceptions for this pack.", toleranceCheck),
};

const requiredPackCheck: Check = withSchema(
  () => {
    const { dependencies, ...schema } = argumentsSchema(requiredPackChecks);
    return { ...schema, dependencies: { ...dependencies, except: { properties: { name: { const: allPacksName } } } } };
  },
  (value, property) => {
    const problems = argumentsCheck(value, property);
    if (problems.length > 0) return problems;
    return [...findProblems(value, requiredPackChecks), ...exceptProblems(value as Partial<RequiredPack>)].map(
      (problem) => ({
        property: `${property}.${problem.property}`,
        reason: problem.reason,
      }),
    );
  },
);

function exceptProblems({ except, name }: Partial<RequiredPack>): Problem[] {
  return except !== undefined && name !== allPacksName
    ? [{ property: "except", reason: 'It goes with the name "*" only, which stands for all packs.' }]
    : [];
}

/** The check for `RequiredPacks`. */
export const requiredPacksCheck: Check = record({
  ...reportChecks,
  packs: described(
    `The packs to look up, 1 to 100: a list of objects with ${Object.keys(requiredPackChecks).join(", ")}. All but tolerate and except are the arguments of getOrganizationConformancePackStatus. The name "*" stands for all packs that the caller sees, without those that except names.`,
    list(requiredPackCheck, 100),
  ),
} satisfies Record<keyof RequiredPacks, Check>);
