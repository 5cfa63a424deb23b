import { PolicyPack } from "@pulumi/policy";
import { policies } from "./index";

// PulumiPolicy.yaml names this file: the Pulumi CLI runs it as a process of its own.
new PolicyPack("org-conformance", {
  displayName: "Organization conformance packs",
  description: "Fails a deployment when an organization conformance pack failed in any member account.",
  policies,
});
