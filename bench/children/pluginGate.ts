import { CustomResource, type Output } from "@pulumi/pulumi";

/** The gate of the plugin, as a generated SDK declares it. */
export class PluginGate extends CustomResource {
  declare readonly counts: Output<unknown>;
  declare readonly verdict: Output<string>;

  constructor(name: string, args: object) {
    super("org-conformance:index:OrganizationConformancePackStatus", name, {
      ...args,
      counts: undefined,
      verdict: undefined,
    });
  }
}
