import type { StackValidationPolicy } from "@pulumi/policy";
import { requiredPacksName } from "../core/gate/requiredPacks";
import { isStatusType } from "../provider/pulumiTokens";
import type { PolicyRun } from "./policyRun";
import { policyNames } from "./policyNames";

const name = policyNames.nothingJudged;

/**
 * Checks that the pack had something to judge. The Pulumi CLI drops the configuration of a policy that does not exist, so
 * a mistyped name turns the required packs off, and no policy sees it.
 *
 * @param others - The other policies of the pack.
 */
export function nothingJudgedPolicy(
  run: PolicyRun,
  others: readonly { readonly name: string }[],
): StackValidationPolicy {
  return {
    name,
    displayName: "Organization conformance pack: nothing judged",
    description: "Checks that the policies have an organization conformance pack to judge.",
    enforcementLevel: "advisory",
    validateStack: ({ resources }, reportViolation) => {
      const isGated = resources.some(({ type }) => isStatusType(type));
      const isEmpty = resources.every(({ type }) => type === "pulumi:pulumi:Stack" || isProvider(type));
      if (isGated || isEmpty || run.requiredPacks !== undefined) return;
      const names = [...others.map((policy) => policy.name), name].join(", ");
      reportViolation(
        [
          `No organization conformance pack was judged: the stack has no OrganizationConformancePackStatus, and ${requiredPacksName} has judged none.`,
          "    Next: add the resource, or configure required packs (--policy-pack-config). Where a stack may have neither, keep this policy advisory.",
          `    The policies are ${names}; a configuration under any other name is ignored.`,
        ].join("\n"),
      );
    },
  };
}

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
