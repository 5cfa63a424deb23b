import { isDeepStrictEqual } from "node:util";
import { findProblems, packNameOf, type Problem } from "../core/checks/validation";
import type { AwsSettings } from "../core/aws/settings";
import {
  AccessDeniedError,
  InvalidArgumentsError,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
} from "../core/errors";
import { decide } from "../core/gate/decide";
import { isAwaited, refusalOf } from "../core/gate/failOn";
import { isSettled } from "../core/gate/settled";
import { toleratesNoSuchPack } from "../core/gate/tolerance";
import { gatherPackStatus } from "../core/lookup/gatherPackStatus";
import { waitForSettled } from "../core/lookup/waitForSettled";
import type { PackStatus } from "../core/status/packStatus";
import { gateArgsOf, gateInputChecks, inputsOf, lookupArgsOf, type Properties } from "./gateInputs";
import { comparable, decodeState, encodeState, type GateState } from "./gateState";

/** What a front gives to the handlers for one call of the engine. */
export interface GateHost {
  readonly settings: AwsSettings;
  /** Mistakes in the settings; the lookup is refused because of them. */
  readonly settingsProblems: readonly Problem[];
  readonly now: () => Date;
  /** Shows a line in the resource's row. */
  readonly log: (severity: "info" | "warning", text: string) => void;
  /** Ends calls of AWS, and a wait. */
  readonly signal?: AbortSignal | undefined;
}

/** The inputs of the resource after a check, and why the engine has to refuse them. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly Problem[];
}

/** How an update ended. When it is refused, the engine saves the state and changes no dependent. */
export type Settled =
  | { readonly kind: "settled"; readonly state: Properties }
  | { readonly kind: "refused"; readonly state: Properties; readonly message: string };

/** The mistakes in the arguments of a gate and in the settings. */
export function problemsOf(inputs: Properties, { settingsProblems }: GateHost): readonly Problem[] {
  return [...findProblems(inputs, gateInputChecks), ...settingsProblems];
}

/** The inputs of a resource whose lookup could not be made: policies leave it to the engine to refuse them. */
export function refused(inputs: Properties, failures: readonly Problem[]): Checked {
  return { inputs: { ...inputs, lookupFailed: true }, failures };
}

/**
 * Looks up. It is called in a preview and again in the update: only so do a preview's outputs, resource policies and
 * dependents see what AWS says now, before anything is changed.
 *
 * @param inputs - Without mistakes.
 */
export async function check(inputs: Properties, host: GateHost): Promise<Checked> {
  const args = gateArgsOf(inputs);
  try {
    const status = await lookUp(inputs, host);
    const refusal = isAwaited(args, status) ? undefined : refusalOf(args, status);
    return {
      inputs: stateOf(inputs, status, host),
      failures: refusal === undefined ? [] : [{ property: "failOn", reason: refusal }],
    };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    return refused(inputs, failuresOf(error));
  }
}

/** Whether a trigger has changed since the last update, so that the update is about to put the pack. */
export function triggersChanged(olds: Properties, inputs: Properties): boolean {
  return olds.triggers !== undefined && olds.triggers !== inputs.triggers;
}

/** The keys that have changed: whatever a program or a policy reads is compared, but no times. */
export function changedKeys(olds: Properties, news: Properties): readonly string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => !isDeepStrictEqual(comparable(key, olds[key]), comparable(key, news[key])),
  );
}

/** The keys of which a change makes it another resource. */
export const replacingKeys: readonly string[] = ["name", "regions"];

/** Whether the update has to wait, so that there must be one. */
export function needsWait(checked: Properties): boolean {
  const { tolerate, waitForSettled: wait } = gateArgsOf(checked);
  return Boolean(wait) && checked.lookedUpAt !== undefined && !isSettled(statusOf(checked), tolerate);
}

/** Waits, where that is asked for, until the pack has settled. */
export async function settle(checked: Properties, host: GateHost): Promise<Settled> {
  if (!needsWait(checked)) return { kind: "settled", state: checked };
  const args = gateArgsOf(checked);
  const inputs = inputsOf(checked);
  const { tolerate, waitForSettled: wait } = args;
  let state = checked;
  try {
    const status = await waitForSettled(lookupArgsOf(checked), statusOf(checked), {
      ...(typeof wait === "object" && wait),
      settings: host.settings,
      signal: host.signal,
      tolerate,
      say: (line) => {
        host.log("info", line);
      },
      onStatus: (status) => {
        state = stateOf(inputs, status, host);
      },
    });
    const refusal = refusalOf(args, status);
    return refusal === undefined ? { kind: "settled", state } : { kind: "refused", state, message: refusal };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    return { kind: "refused", state, message: error.message };
  }
}

/**
 * Looks up again, for a refresh. When AWS refuses, the state stays as it is: to the wrong account, a pack that is there
 * looks like none.
 *
 * @throws A subclass of `OrgConformanceError`, also when the state has no earlier lookup: then it is not a managed
 *   resource that is read, and no policy would see the result.
 */
export async function read(state: Properties, host: GateHost): Promise<Properties> {
  const problems = isLookedUp(state) ? host.settingsProblems : [readProblem];
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(state));
  const inputs = inputsOf(state);
  return stateOf(inputs, await lookUp(inputs, host, true), host);
}

/** The id of the resource: a change of it is a replacement. */
export function idOf({ name, regions }: Properties): string {
  return `${String(name)}@${(regions as readonly string[]).join(",")}`;
}

/** A stack transformation can set these options after the check in the resource's constructor. */
const readProblem: Problem = {
  property: "opts",
  reason:
    "This resource would be read, not managed: no policy would see it, and it would gate nothing. Remove id, import and urn from its options, and look for a transformation that sets one of them. If it is in state already, run pulumi up first.",
};

function isLookedUp({ lookedUpAt }: Properties): boolean {
  return typeof lookedUpAt === "string" && !Number.isNaN(Date.parse(lookedUpAt));
}

function lookUp(inputs: Properties, { settings, signal }: GateHost, everyRegion = false): Promise<PackStatus> {
  const noSuchPackIsReason = toleratesNoSuchPack(gateArgsOf(inputs).tolerate);
  return gatherPackStatus(lookupArgsOf(inputs), { settings, signal, everyRegion, noSuchPackIsReason });
}

function statusOf(state: Properties): PackStatus {
  return decodeState(state as unknown as GateState);
}

/** Plain JSON: what the engine's transport takes. */
function stateOf(inputs: Properties, status: PackStatus, { now }: GateHost): Properties {
  const decision = decide(status, gateArgsOf(inputs).tolerate ?? {});
  return { ...inputs, ...encodeState(status, now(), decision) };
}

function failuresOf(error: OrgConformanceError): readonly Problem[] {
  if (error instanceof InvalidArgumentsError) return error.problems;
  const property =
    error instanceof NoSuchOrganizationConformancePackError || error instanceof AccessDeniedError ? "name" : "regions";
  return [{ property, reason: error.message }];
}
