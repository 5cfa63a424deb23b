import type { StackValidationPolicy } from "@pulumi/policy";
import { pluginNamespace } from "../core/aws/settingsNamespace";
import { pluginStatusType } from "../provider/pulumiTokens";
import { pluginConfig, stackConfig } from "./stackConfig";
import { policyNames } from "./policyNames";

/** The settings that decide as whom AWS is asked. */
const identitySettings: readonly string[] = [
  "accessKey",
  "assumeRole",
  "assumeRoleWithWebIdentity",
  "assumeRoles",
  "profile",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "token",
];

/**
 * Checks that a gate of the provider plugin asks as the identity that deploys. The engine gives the plugin no `aws:*`
 * settings, so with those alone, the stack would deploy to one organization and the gate look into another.
 */
export const otherIdentityPolicy: StackValidationPolicy = {
  name: policyNames.otherIdentity,
  displayName: "Organization conformance pack: other identity",
  description: "Checks that a gate of the provider plugin uses the AWS identity of the stack.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, reportViolation) => {
    const aws = [...stackConfig("aws").keys()].filter((name) => identitySettings.includes(name)).sort();
    // A region alone names no identity: the plugin still takes that of the environment.
    if (aws.length === 0) return;
    for (const gate of resources) {
      if (gate.type !== pluginStatusType) continue;
      // An explicit provider inherits none of the stack's settings; the default one has them as its own.
      if (namesIdentity(gate.provider ? Object.keys(gate.provider.props) : pluginConfig().keys())) continue;
      reportViolation(
        [
          `This gate uses the AWS identity of the environment, not the one that the stack sets: ${aws.map((name) => `aws:${name}`).join(", ")}. The provider plugin can't see aws:* settings.`,
          `    Next: set the same values as ${aws.map((name) => `${pluginNamespace}:${name}`).join(", ")}. If the gate has an explicit provider, set them on that provider.`,
        ].join("\n"),
        gate.urn,
      );
    }
  },
};

function namesIdentity(settings: Iterable<string>): boolean {
  return [...settings].some((name) => identitySettings.includes(name));
}
