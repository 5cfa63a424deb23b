import { policies } from "./index";

// PulumiPolicy.yaml names the bundle of this file: the Pulumi CLI runs it as a process of its own.
const { PolicyPack } = loadPolicySdk();
new PolicyPack("org-conformance", {
  displayName: "Organization conformance packs",
  description: "Fails a deployment when an organization conformance pack failed in any member account.",
  policies,
});

/** The folder may be a link to one, or a copy of one, in which nothing is installed. */
function loadPolicySdk(): typeof import("@pulumi/policy") {
  try {
    return require("@pulumi/policy") as typeof import("@pulumi/policy");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    const message = `The policy pack in ${__dirname} can't find @pulumi/policy and @pulumi/pulumi: run npm install there, or give --policy-pack the folder node_modules/pulumi-org-conformance/policy of a project that has them installed.`;
    // Pulumi shows the message of a RunError, and no stack.
    throw Object.assign(new Error(message, { cause: error }), { __pulumiRunError: true });
  }
}
