/** The Pulumi type of the gate. The part before the slash makes the engine start the dynamic provider's process. */
export const organizationConformancePackStatusType =
  "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";

/** The Pulumi type of the gate of the provider plugin. */
export const pluginStatusType = "org-conformance:index:OrganizationConformancePackStatus";

/** True for the types of gates, of either front. */
export function isStatusType(type: string): boolean {
  return type === organizationConformancePackStatusType || type === pluginStatusType;
}

/** The token of the plugin's function. */
export const pluginFunction = "org-conformance:index:getOrganizationConformancePackStatus";
