import type { PolicyResource, StackValidationPolicy } from "@pulumi/policy";
import { pluginNamespace, settingNames } from "../core/aws/settingsNamespace";
import { pluginStatusType } from "../provider/resourceType";
import { isPluginsProject, pluginConfig, stackConfig } from "./stackConfig";

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
  name: "organization-conformance-pack-other-identity",
  displayName: "Organization conformance pack: other identity",
  description: "Checks that a gate of the provider plugin uses the AWS identity of the stack.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, reportViolation) => {
    const aws = [...stackConfig("aws").keys()].filter((name) => identitySettings.includes(name)).sort();
    const own = [...pluginConfig().keys()];
    // In a project with the plugin's name, a setting such as region may be the project's own: it names no identity.
    const isChosen = isPluginsProject() ? own.some((name) => identitySettings.includes(name)) : own.length > 0;
    if (aws.length === 0 || isChosen) return;
    for (const gate of resources) {
      if (gate.type !== pluginStatusType || hasSettings(gate)) continue;
      reportViolation(
        [
          `This gate looks as the identity of the environment, and not as the one that the stack sets: ${aws.map((name) => `aws:${name}`).join(", ")}. The provider plugin can't see aws:* settings.`,
          `    Next: set the same values as ${aws.map((name) => `${pluginNamespace}:${name}`).join(", ")}, or give the gate a provider of its own.`,
        ].join("\n"),
        gate.urn,
      );
    }
  },
};

/** True if an explicit provider has settings for its lookups. */
function hasSettings({ provider }: PolicyResource): boolean {
  return Object.keys(provider?.props ?? {}).some((name) => settingNames.includes(name));
}
