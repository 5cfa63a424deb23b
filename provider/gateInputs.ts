import { createHash } from "node:crypto";
import { packStatusChecks } from "../core/checks/validation";
import { type GateArgs } from "../core/gate/gateArgs";
import { gateChecks } from "../core/gate/gateChecks";
import type { PackStatusArgs } from "../core/status/packStatus";
import type { GateState } from "./gateState";

/** What the engine hands over: plain JSON. */
export type Properties = Readonly<Record<string, unknown>>;

/** What is allowed in the arguments of a gate. */
export const gateInputChecks = { ...packStatusChecks, ...gateChecks };

/** The keys that a lookup adds to the arguments. */
const outputKeys: readonly string[] = Object.keys({
  formatVersion: true,
  packageVersion: true,
  lookedUpAt: true,
  verdict: true,
  reasons: true,
  counts: true,
  regionStatuses: true,
  decision: true,
  failedGroups: true,
  inProgressGroups: true,
  stuckGroups: true,
  otherGroups: true,
  missingGroups: true,
  unexpectedGroups: true,
  packedMembers: true,
} satisfies Record<Exclude<keyof GateState, "name" | "regions">, true>);

/**
 * The properties without outputs. Keys that are no arguments stay: `check` refuses them, and in a state, the remediation
 * of a policy may have added some.
 */
export function inputsOf(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !outputKeys.includes(key)));
}

/** The arguments of the lookup alone. */
export function lookupArgsOf(inputs: Properties): PackStatusArgs {
  return pick(inputs, packStatusChecks) as unknown as PackStatusArgs;
}

/** The other arguments. */
export function gateArgsOf(inputs: Properties): GateArgs {
  return pick(inputs, gateChecks);
}

function pick(properties: Properties, keys: object): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => Object.hasOwn(keys, key)));
}

/** `triggers` as a digest: they may be a whole template. */
export function withTriggersDigest(inputs: Properties): Properties {
  if (!Array.isArray(inputs.triggers)) return inputs;
  return { ...inputs, triggers: createHash("sha256").update(JSON.stringify(inputs.triggers)).digest("hex") };
}
