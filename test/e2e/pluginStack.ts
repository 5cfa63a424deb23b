import * as pulumi from "@pulumi/pulumi";
import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import {
  type LocalStackOptions,
  pluginConfig,
  pluginFolder,
  saveConfig,
  type StateResource,
} from "../../tools/localStack";
import { type GatedStack, gatedStack, resourceOfType } from "./gatedStack";

export const pluginType = "org-conformance:index:OrganizationConformancePackStatus";
export const pluginFunction = "org-conformance:index:getOrganizationConformancePackStatus";

/** The gate of the plugin, as a generated SDK has it. */
export class PluginGate extends pulumi.CustomResource {
  declare public readonly verdict: pulumi.Output<string>;
  declare public readonly counts: pulumi.Output<Readonly<Record<string, number>>>;
  declare public readonly decision: pulumi.Output<object>;
  declare public readonly failedGroups: pulumi.Output<readonly unknown[]>;
  declare public readonly regions: pulumi.Output<readonly string[]>;

  public constructor(name: string, args: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) {
    const names = ["regions", "verdict", "counts", "decision", "failedGroups"];
    const outputs = Object.fromEntries(names.map((output) => [output, undefined]));
    super(pluginType, name, { ...outputs, ...args }, opts);
  }
}

/** An explicit provider, as a generated SDK has it: other values than texts are JSON. */
export class PluginProvider extends pulumi.ProviderResource {
  public constructor(name: string, settings: pulumi.Inputs, opts: pulumi.ResourceOptions = {}) {
    super("org-conformance", name, settings, opts);
  }
}

/** A stack whose `org-conformance:*` settings reach the emulator, and whose project names the plugin by its folder. */
export async function pluginStack(
  program: LocalStackOptions["program"],
  emulated: EmulatorOptions,
  options: Partial<LocalStackOptions> = {},
): Promise<GatedStack> {
  const stack = await gatedStack(program, emulated, { providers: { "org-conformance": pluginFolder }, ...options });
  await saveConfig(stack.stack, pluginConfig(stack.emulator.endpoint));
  return stack;
}

/** The gate of a state. */
export function gateIn(resources: readonly StateResource[]): StateResource | undefined {
  return resourceOfType(resources, pluginType);
}
