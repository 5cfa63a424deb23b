import * as pulumi from "@pulumi/pulumi";
import { decodeRows, type GateState, isGateState, type StateRows } from "../../provider/gateState";

/** The parts of the state that the rows are made from. */
const rowKeys = [
  "formatVersion",
  "failedGroups",
  "inProgressGroups",
  "stuckGroups",
  "otherGroups",
  "missingGroups",
  "unexpectedGroups",
  "packedMembers",
] as const satisfies readonly (keyof GateState)[];

/** The outputs that are made from the rows. */
const rowOutputs = [
  "members",
  "failed",
  "inProgress",
  "stuck",
  "missing",
  "unexpected",
] as const satisfies readonly (keyof StateRows)[];

/** The properties with which a resource gets the parts of the state as outputs: undefined until the lookup. */
export const rowProperties: Readonly<Record<string, undefined>> = Object.fromEntries(
  rowKeys.map((key) => [key, undefined]),
);

/** Defines the outputs that are made from the rows. The rows are decoded when a program first asks for one of them. */
export function defineRowOutputs(gate: pulumi.CustomResource): void {
  const outputs = gate as unknown as Readonly<Record<keyof GateState, pulumi.Output<unknown>>>;
  const state = Object.fromEntries(rowKeys.map((key) => [key, outputs[key]]));
  const rows = once(() =>
    // Another form only comes from mocks, or from another version where a run leaves the resource out.
    pulumi.all(state).apply((known) => (isGateState(known) ? decodeRows(known) : undefined)),
  );
  for (const key of rowOutputs) {
    const get = once(() => rows().apply((known) => known?.[key]));
    Object.defineProperty(gate, key, { get, configurable: true });
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
