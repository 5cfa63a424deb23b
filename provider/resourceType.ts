/**
 * The Pulumi type of the status resource. The part before the slash makes the engine start the dynamic
 * provider's process for it.
 */
export const organizationConformancePackStatusType =
  "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";
