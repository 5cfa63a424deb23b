import type * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { OrganizationConformancePackStatus, type OrganizationConformancePackStatusArgs } from "pulumi-org-conformance";
import type { StateResource } from "../../tools/localStack";
import { everyCase } from "../everyCase";
import { gatedStack, packName, resourceOfType, Service, statusType } from "./gatedStack";
import { PluginGate, pluginStack, pluginType } from "./pluginStack";

/** The outputs of a gate that both fronts have. */
export interface Gate extends pulumi.Resource {
  readonly verdict: pulumi.Output<string>;
  readonly counts: pulumi.Output<object>;
  readonly decision: pulumi.Output<object>;
}

/** A way in which a program holds a gate. */
export interface Front {
  readonly name: "dynamic provider" | "plugin";
  /** Of the gate. */
  readonly type: string;
  /** Declares the gate. */
  readonly declare: (args?: pulumi.Inputs) => Gate;
  /** Starts a stack whose gate reaches the emulator. */
  readonly start: typeof gatedStack;
}

/** The class of a TypeScript program. */
export const dynamicFront: Front = {
  name: "dynamic provider",
  type: statusType,
  declare: (args) =>
    new OrganizationConformancePackStatus("gate", {
      name: packName,
      ...(args as Partial<OrganizationConformancePackStatusArgs>),
    }),
  start: gatedStack,
};

const pluginFront: Front = {
  name: "plugin",
  type: pluginType,
  declare: (args) => new PluginGate("gate", { name: packName, ...args }),
  start: pluginStack,
};

const bothFronts: readonly Front[] = [dynamicFront, pluginFront];

type Case = (front: Front) => Promise<void>;

/** A case in which the fronts can differ: what the engine is told, and what it shows and saves. */
export function testOnBothFronts(title: string, run: Case): void {
  testOn(bothFronts, title, run);
}

/**
 * A case that is about what the fronts share. `npm test` runs it with the plugin, which starts in a quarter of the time of
 * Pulumi's host of dynamic providers; `CASES=all` runs it with both.
 */
export function testOnOneFront(title: string, run: Case): void {
  testOn(everyCase ? bothFronts : [pluginFront], title, run);
}

function testOn(fronts: readonly Front[], title: string, run: Case): void {
  for (const front of fronts) test(`${title} (${front.name})`, () => run(front));
}

/** The program of a gate, and of what it protects. */
export function gateAndService({ declare }: Front, args: pulumi.Inputs = {}): PulumiFn {
  return () => {
    const gate = declare(args);
    new Service("api", { dependsOn: gate });
    return Promise.resolve({ verdict: gate.verdict, counts: gate.counts, decision: gate.decision });
  };
}

/** The gate of a state. */
export function gateOf({ type }: Front, resources: readonly StateResource[]): StateResource | undefined {
  return resourceOfType(resources, type);
}
