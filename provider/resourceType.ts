/** The Pulumi type of the gate. The part before the slash makes the engine start the dynamic provider's process. */
export const organizationConformancePackStatusType =
  "pulumi-nodejs:dynamic/conformance:OrganizationConformancePackStatus";
