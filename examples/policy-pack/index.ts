import type { StackValidationPolicy } from "@pulumi/policy";
import { PolicyPack } from "@pulumi/policy";
import { policies } from "pulumi-org-conformance/policy";

/** A policy of your own, in addition to those of the package. */
const hasOwner: StackValidationPolicy = {
  name: "stack-has-owner",
  description: "Checks that each stack has the tag owner.",
  enforcementLevel: "advisory",
  validateStack: ({ stackTags }, reportViolation) => {
    if (!stackTags.has("owner")) reportViolation("The stack has no tag owner.");
  },
};

// required-packs.json names the packs that must be healthy before any program is deployed:
//   pulumi preview --policy-pack examples/policy-pack --policy-pack-config examples/policy-pack/required-packs.json
new PolicyPack("my-organization", { policies: [...policies, hasOwner] });
