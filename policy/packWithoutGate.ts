import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { sanitize } from "../core/text/sanitize";
import { isStatusType } from "../provider/pulumiTokens";
import { policyNames } from "./policyNames";

const packType = "aws:cfg/organizationConformancePack:OrganizationConformancePack";

/** Checks that a stack that puts an organization conformance pack also gates on its status. */
export const packWithoutGatePolicy: StackValidationPolicy = {
  name: policyNames.withoutGate,
  displayName: "Organization conformance pack: without gate",
  description: "Checks that each organization conformance pack of a stack has an OrganizationConformancePackStatus.",
  enforcementLevel: "advisory",
  validateStack: (args, reportViolation) => {
    const gates = args.resources.filter(({ type }) => isStatusType(type));
    const gatedNames = new Set(gates.map(nameOf));
    const gatedUrns = new Set(
      gates.flatMap(({ propertyDependencies }) => (propertyDependencies.name ?? []).map(({ urn }) => urn)),
    );
    for (const pack of args.resources.filter(({ type }) => type === packType)) {
      const name = nameOf(pack);
      if (gatedUrns.has(pack.urn) || (name !== undefined && gatedNames.has(name))) continue;
      reportViolation(
        `No resource of this stack looks up the status of ${name === undefined ? "this pack" : `"${sanitize(name, 128)}"`} in the member accounts.\n    Next: add an OrganizationConformancePackStatus of pulumi-org-conformance whose name is the pack's id, and let what relies on the pack depend on it (dependsOn).`,
        pack.urn,
      );
    }
  },
};

/** The pack's name, when it is known. */
function nameOf({ props }: PolicyResource): string | undefined {
  try {
    const name = (props as { name?: unknown }).name;
    return typeof name === "string" ? name : undefined;
  } catch {
    // The policy SDK throws for a value that is not known until the update.
    return undefined;
  }
}
