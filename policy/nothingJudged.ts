import type { StackValidationPolicy } from "@pulumi/policy";
import { organizationConformancePackStatusType } from "../provider/resourceType";
import { requiredPacks, requiredPacksAreJudged } from "./requiredPacks";

/**
 * Says so when the pack had nothing to judge: the Pulumi CLI drops the configuration of a policy that does not exist, so
 * a mistyped name turns the required packs off, and no policy sees it. It prints a line, and is never violated.
 *
 * @param others - The other policies of the pack.
 */
export function nothingJudgedPolicy(others: readonly { readonly name: string }[]): StackValidationPolicy {
  const name = "organization-conformance-pack-nothing-judged";
  return {
    name,
    displayName: "Organization conformance pack: nothing judged",
    description: "The policies have an organization conformance pack to judge.",
    enforcementLevel: "advisory",
    validateStack: ({ resources }) => {
      const isGated = resources.some(({ type }) => type === organizationConformancePackStatusType);
      const isEmpty = resources.every(({ type }) => type === "pulumi:pulumi:Stack" || isProvider(type));
      if (isGated || isEmpty || requiredPacksAreJudged()) return;
      // The engine shows what a policy prints once, under the diagnostics of the stack.
      process.stdout.write(
        `No organization conformance pack was judged: the stack has no OrganizationConformancePackStatus, and ${requiredPacks.name} judged none. Next: configure its packs (--policy-pack-config), or add the resource. The policies are ${[...others.map((policy) => policy.name), name].join(", ")}; a configuration under any other name is ignored.\n`,
      );
    },
  };
}

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
