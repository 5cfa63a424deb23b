import type { StackValidationPolicy } from "@pulumi/policy";
import { PolicyPack } from "@pulumi/policy";
import { policies } from "pulumi-org-conformance/policy";

/** A policy of one's own, beside those of the package. */
const hasOwner: StackValidationPolicy = {
  name: "stack-has-owner",
  description: "Each stack says who owns it, with the tag owner.",
  enforcementLevel: "advisory",
  validateStack: ({ stackTags }, reportViolation) => {
    if (!stackTags.has("owner")) reportViolation("The stack has no tag owner.");
  },
};

// required-packs.json names the packs that must stand well before anything is deployed, by any program:
//   pulumi preview --policy-pack examples/policy-pack --policy-pack-config examples/policy-pack/required-packs.json
new PolicyPack("my-organization", { policies: [...policies, hasOwner] });
