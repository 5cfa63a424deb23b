import { createHash } from "node:crypto";
import type { GateArgs } from "../core/gate/gateArgs";
import { gateChecks } from "../core/gate/gateChecks";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import { packStatusChecks } from "../core/status/packStatusChecks";
import { type GateState, triggersChangedKey } from "./gateState";

/** Inputs or state as the engine hands them over: plain JSON. */
export type Properties = Readonly<Record<string, unknown>>;

/** The checks for the arguments of a gate. */
export const gateInputChecks = { ...packStatusChecks, ...gateChecks };

/** The keys that a lookup adds to the arguments. `regions` is an argument; a lookup fills in the default. */
const outputKeys = {
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
  organizationalUnits: true,
  accountOwners: true,
} satisfies Record<Exclude<keyof GateState, "name" | "regions">, true>;

/** The outputs that a lookup adds to the arguments, by name. */
export const outputNames: readonly string[] = ["regions", ...Object.keys(outputKeys)];

/**
 * The properties without outputs. Other keys stay, also those that are no arguments: `check` refuses them, and in a
 * state, a policy's remediation may have added some.
 */
export function inputsOf(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).filter(([key]) => !Object.hasOwn(outputKeys, key) && key !== triggersChangedKey),
  );
}

/** The arguments alone: those of the lookup and the gate's own. */
export function argsOf(properties: Properties): Properties {
  return pick(properties, gateInputChecks);
}

/** The arguments of the lookup. */
export function lookupArgsOf(properties: Properties): PackStatusArgs {
  return pick(properties, packStatusChecks) as unknown as PackStatusArgs;
}

/** The gate's own arguments. */
export function gateArgsOf(properties: Properties): GateArgs {
  return pick(properties, gateChecks);
}

function pick(properties: Properties, keys: object): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => Object.hasOwn(keys, key)));
}

/** Inputs with a digest in place of `triggers`, which may be a whole template. */
export function withTriggersDigest(inputs: Properties): Properties {
  if (!Array.isArray(inputs.triggers)) return inputs;
  return { ...inputs, triggers: createHash("sha256").update(JSON.stringify(inputs.triggers)).digest("hex") };
}
