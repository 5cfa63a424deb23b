import { isDeepStrictEqual } from "node:util";
import { findProblems, packNameOf } from "../core/status/packStatusChecks";
import type { Problem } from "../core/checks/problem";
import type { AwsSettings } from "../core/aws/settings";
import { InvalidArgumentsError, NotSettledError, OrgConformanceError } from "../core/errors";
import { decide } from "../core/gate/decide";
import type { GateDecision } from "../core/gate/decision";
import type { GateArgs } from "../core/gate/gateArgs";
import { isAwaited, refusalOf } from "../core/gate/failOn";
import { gateConflicts } from "../core/gate/gateChecks";
import { noticeLines } from "../core/gate/noticeLines";
import { isSettled } from "../core/gate/settled";
import { gatherPackStatus } from "../core/lookup/gatherPackStatus";
import { withLookupRegions } from "../core/lookup/lookupRegions";
import { waitForSettled } from "../core/lookup/waitForSettled";
import type { Lookup } from "../core/statusFile/makeStatusFile";
import type { Found } from "../core/statusFile/saveLookup";
import type { PackStatus } from "../core/status/packStatus";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import {
  argsOf,
  gateArgsOf,
  gateInputChecks,
  inputsOf,
  lookupArgsOf,
  type Properties,
  withTriggersDigest,
} from "./gateInputs";
import { comparable, decodeState, encodeState, isGateState, triggersChangedKey } from "./gateState";
import { containsUnknown, withoutUnknown } from "./unknown";

/** The surroundings of one call of the engine, which a front gives to the handlers. */
export interface GateHost {
  readonly settings: AwsSettings;
  /** The mistakes in the settings: with one, no lookup is made. */
  readonly settingsProblems: readonly Problem[];
  /** The time of a lookup, by which exceptions expire too. */
  readonly now: () => Date;
  /** Shows a line in the display of the run, at this resource. */
  readonly log: (severity: "info" | "warning", text: string) => void;
  /** Ends calls of AWS and waits, for example when the run is cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** The time limit of a wait that has none of its own, in seconds: `customTimeouts` of a resource. */
  readonly waitSeconds?: number | undefined;
  /** Is given what each lookup found. A front that writes status files adds in which run it was. */
  readonly onLookup?: ((found: Found, lookup: Lookup) => void) | undefined;
}

/** The resource's inputs after a check, and the failures for which the engine refuses them. */
export interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly Problem[];
}

/** The end of an update. When it is refused, the engine saves the state and changes no dependent. */
export type Settled =
  | { readonly kind: "settled"; readonly state: Properties }
  | { readonly kind: "refused"; readonly state: Properties; readonly message: string };

/** The mistakes in the arguments of a gate and in the settings. */
export function problemsOf(inputs: Properties, host: GateHost): readonly Problem[] {
  return [...lookupProblems(inputs, host), ...(containsUnknown(inputs.statuses) ? [] : gateConflicts(inputs))];
}

/** Those that matter to a lookup alone. */
function lookupProblems(inputs: Properties, { settingsProblems }: GateHost): readonly Problem[] {
  return [...findProblems(inputs, gateInputChecks), ...settingsProblems];
}

/**
 * Inputs without a lookup: policies leave them to the engine, which refuses them.
 *
 * @param host - Gets the mistakes because of which nothing was looked up.
 */
export function refused(inputs: Properties, failures: readonly Problem[], host?: GateHost): Checked {
  const name = packNameOf(inputs);
  host?.onLookup?.(
    { error: new InvalidArgumentsError(failures, name) },
    { by: "gate", args: { name }, lookedUpAt: host.now() },
  );
  return { inputs: { ...inputs, lookupFailed: true }, failures };
}

/** The inputs before the lookup. `ended` is set where there is none: because of mistakes, or of what is not known yet. */
export function beforeLookup(
  given: Properties,
  host: GateHost,
): { readonly inputs: Properties; readonly ended?: Checked } {
  const inputs = containsUnknown(given.triggers) ? given : withTriggersDigest(given);
  const problems = withoutUnknown(problemsOf(inputs, host), inputs);
  if (problems.length > 0) return { inputs, ended: refused(inputs, problems, host) };
  // A pack that the same update creates has no name yet: the update looks it up.
  return { inputs, ...(containsUnknown(inputs) && { ended: { inputs, failures: [] } }) };
}

/**
 * Looks up the pack, and adds its status to the inputs. The engine calls it in a preview and again in the update, before
 * anything is changed: outputs, resource policies and dependents go by what AWS says at that moment.
 *
 * @param inputs - Inputs in which `problemsOf` finds nothing, and without unknown values.
 * @param isPutFirst - Set when the update puts the pack first, and this may be the preview: the status is not judged
 *   yet, not even if there is no such pack. `settle` judges it.
 */
export async function check(inputs: Properties, host: GateHost, isPutFirst = false): Promise<Checked> {
  const args = gateArgsOf(inputs);
  try {
    const status = await lookUp(inputs, host, { isPutFirst });
    // One time for what is saved and for what is refused.
    const now = host.now();
    const decision = decide(status, args.tolerate, now);
    const checked = stateOf(inputs, status, now, decision);
    if (isPutFirst) return { inputs: { ...checked, [triggersChangedKey]: true }, failures: [] };
    const refusal = isAwaited(args, status, now) ? undefined : refusalOf(args, status, now);
    warn(host, status, earlyWarnings(status, decision, args, now));
    return { inputs: checked, failures: refusal === undefined ? [] : [{ property: "failOn", reason: refusal }] };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    return refused(inputs, failuresOf(error));
  }
}

/**
 * The warnings before the update: what passes only because of an exception that warns, and exceptions that match nothing.
 * Of a pack that the update waits for, only a region without an answer is certain yet.
 */
function earlyWarnings(
  status: PackStatus,
  { reasons, warnings }: GateDecision,
  { tolerate, waitForSettled }: GateArgs,
  now: Date,
): readonly string[] {
  if (!waitForSettled || isSettled(status, tolerate, now)) return warnings;
  return reasons.flatMap(({ code, message }) => (code === "unansweredTolerated" ? [message] : []));
}

function warn({ log }: GateHost, { name }: PackStatus, warnings: readonly string[]): void {
  if (warnings.length > 0) log("warning", `${name}: ${noticeLines(warnings)}`);
}

/**
 * True if a trigger has changed since the last update, so that the update is about to put the pack. Triggers that are new
 * or gone say nothing of a change at AWS: then the pack is judged as it is.
 */
export function triggersChanged(olds: Properties, inputs: Properties): boolean {
  return olds.triggers !== undefined && inputs.triggers !== undefined && olds.triggers !== inputs.triggers;
}

/**
 * The keys that have changed: everything that a program or a policy reads is compared, except times. A state of another
 * format always has a change, so that the update writes this one.
 */
function changedKeys(olds: Properties, news: Properties): readonly string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => !isDeepStrictEqual(comparable(key, olds[key]), comparable(key, news[key])),
  );
}

/** The change from the old outputs to the checked inputs. */
export interface Change {
  /** The inputs as they are compared. */
  readonly after: Properties;
  readonly keys: readonly string[];
  /** Those that replace the resource. */
  readonly replaces: readonly string[];
  /** True if there must be an update: because of a change, or for its wait. */
  readonly needsUpdate: boolean;
}

/** The keys whose change replaces the resource. */
export const replacingKeys: readonly string[] = ["name", "regions"];

/**
 * Tells the front of a preview, which could not say so before, that the update waits for the pack, or puts it first, and
 * judges it then.
 */
export function tellAwaited(checked: Properties, host: GateHost): void {
  const args = gateArgsOf(checked);
  const isPutFirst = checked[triggersChangedKey] === true;
  if (!isGateState(checked) || (!isPutFirst && !args.waitForSettled)) return;
  const status = decodeState(checked);
  const now = host.now();
  if (!isPutFirst && !isAwaited(args, status, now)) return;
  host.onLookup?.(
    { status },
    {
      by: "gate",
      args: lookupArgsOf(checked),
      tolerate: args.tolerate,
      isAwaited: true,
      lookedUpAt: now,
      run: { preview: true },
    },
  );
}

/** @param olds - Also those of the other front or of an older format: these are a change. */
export function changeOf(olds: Properties, news: Properties): Change {
  // Without a lookup, no default region was filled in.
  const after = isLookedUp(news) ? news : { ...news, regions: news.regions ?? olds.regions };
  const keys = changedKeys(olds, after);
  return {
    after,
    keys,
    replaces: keys.filter((key) => replacingKeys.includes(key)),
    needsUpdate: keys.length > 0 || needsWait(news),
  };
}

/** True if the update has to wait: then there must be an update, whatever has changed. */
export function needsWait(checked: Properties, now = new Date()): boolean {
  const { tolerate, waitForSettled: wait } = gateArgsOf(checked);
  if (!wait || !isLookedUp(checked)) return false;
  return !isGateState(checked) || !isSettled(decodeState(checked), tolerate, now);
}

/**
 * Waits until the pack has settled, if `waitForSettled` asks for it, and judges the status then. A status that the check
 * left unjudged is judged too. What the check has not looked up is refused: nothing is known, so nothing may pass.
 */
export async function settle(checked: Properties, host: GateHost): Promise<Settled> {
  const { [triggersChangedKey]: isUnjudged, ...given } = checked;
  if (!isLookedUp(given)) return notLookedUp(given);
  let waits = needsWait(given, host.now());
  if (!waits && isUnjudged !== true) {
    // Whatever it is, it has no verdict.
    return isGateState(given) ? { kind: "settled", state: given } : notLookedUp(given);
  }
  const args = gateArgsOf(given);
  const inputs = inputsOf(given);
  const { tolerate, waitForSettled: wait } = args;
  const tell = (found: Found): void => {
    const by = waits ? "wait" : "gate";
    host.onLookup?.(found, { by, args: lookupArgsOf(given), tolerate, lookedUpAt: host.now() });
  };
  let state = given;
  let last: PackStatus | undefined;
  try {
    const { isNew, ...found } = await statusToSettle(given, isUnjudged === true, host);
    let { status } = found;
    last = status;
    if (isNew) {
      state = stateOf(inputs, status, host.now());
      waits = needsWait(state, host.now());
    }
    if (waits) {
      status = await waitForSettled(lookupArgsOf(given), status, {
        ...(host.waitSeconds !== undefined && { timeoutSeconds: host.waitSeconds }),
        ...(typeof wait === "object" && wait),
        settings: host.settings,
        signal: host.signal,
        tolerate,
        say: (line) => {
          host.log("info", line);
        },
        onStatus: (status) => {
          last = status;
          state = stateOf(inputs, status, host.now());
        },
      });
    }
    tell({ status });
    const now = host.now();
    if (tolerate) warn(host, status, decide(status, tolerate, now).warnings);
    // No policy has seen a new status, so the gate itself judges it.
    const judgedBy = isNew ? { ...args, failOn: args.failOn ?? "notPassed" } : args;
    const refusal = refusalOf(judgedBy, status, now);
    return refusal === undefined ? { kind: "settled", state } : { kind: "refused", state, message: refusal };
  } catch (error) {
    const isUnsettled = host.signal?.aborted === true || error instanceof NotSettledError;
    tell(isUnsettled && last ? { status: last, isUnsettled } : { error });
    if (host.signal?.aborted) return { kind: "refused", state, message: cancelled };
    if (!(error instanceof OrgConformanceError)) throw error;
    return { kind: "refused", state, message: error.message };
  }
}

/** The status that an update judges. It is new if it is not the one of the check, which the policies have seen. */
async function statusToSettle(
  given: Properties,
  isUnjudged: boolean,
  host: GateHost,
): Promise<{ readonly status: PackStatus; readonly isNew: boolean }> {
  const lookAgain = () => gather(lookupArgsOf(inputsOf(given)), gateArgsOf(given), host);
  // Another version checked it: what is judged is what is saved.
  if (!isGateState(given)) return { status: await lookAgain(), isNew: true };
  const status = decodeState(given);
  const without = regionsWithoutPack(status);
  if (!isUnjudged || without.length === 0) return { status, isNew: false };
  // The pack may be there now; if it is in no region, the lookup says so.
  const again = await lookAgain();
  const isNew = !isDeepStrictEqual(regionsWithoutPack(again), without);
  return { status: isNew ? again : status, isNew };
}

function regionsWithoutPack({ reasons }: PackStatus): readonly (string | undefined)[] {
  return reasons.filter(({ code }) => code === "noSuchPack").map(({ region }) => region);
}

function notLookedUp(state: Properties): Settled {
  const message = "The pack was not looked up in this update, so nothing is known of it.\nNext: Run the command again.";
  return { kind: "refused", state, message };
}

const cancelled = "The wait was cancelled before the pack had settled.\nNext: Run the command again.";

/**
 * Looks up the pack again, for a refresh. When AWS refuses, the state stays as it is: to a wrong account, AWS shows no
 * pack.
 *
 * @throws A subclass of `OrgConformanceError`, also when the state has no earlier lookup: then the resource is read, not
 *   managed, and no policy would see the result.
 */
export async function read(state: Properties, host: GateHost): Promise<Properties> {
  const problems = isLookedUp(state) ? lookupProblems(argsOf(state), host) : [readProblem];
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packNameOf(state));
  // The outputs of another format are not known here.
  const inputs = isGateState(state) ? inputsOf(state) : argsOf(state);
  return stateOf(inputs, await lookUp(inputs, host, { requireEveryRegion: true }), host.now());
}

/** The id of the resource. It is made of what `replacingKeys` names. */
export function idOf({ name, regions = [] }: Properties): string {
  return `${String(name)}@${(regions as readonly string[]).join(",")}`;
}

/** The refusal of a resource that is read: each front says in its own words what to do. */
export const readRefusal =
  "This resource would be read, not managed: no policy would see it, and it would gate nothing.";

/** A stack transformation can set these options after the check in the resource's constructor. */
const readProblem: Problem = {
  property: "opts",
  reason: `${readRefusal} Remove id, import and urn from its options, and look for a transformation that sets one of them. If it is in state already, run pulumi up first.`,
};

/** True if the properties have the status of a lookup. */
export function isLookedUp({ lookedUpAt }: Properties): boolean {
  return typeof lookedUpAt === "string" && !Number.isNaN(Date.parse(lookedUpAt));
}

interface HowToLook {
  readonly requireEveryRegion?: boolean;
  readonly isPutFirst?: boolean;
}

async function gather(
  args: PackStatusArgs,
  { tolerate }: GateArgs,
  { now, settings, signal }: GateHost,
  { requireEveryRegion = false, isPutFirst = false }: HowToLook = {},
): Promise<PackStatus> {
  return gatherPackStatus(args, {
    settings,
    signal,
    tolerate,
    now: now(),
    requireEveryRegion,
    noSuchPackIsReason: isPutFirst,
  });
}

/** Gathers, and tells the front what was found. */
async function lookUp(inputs: Properties, host: GateHost, how: HowToLook = {}): Promise<PackStatus> {
  const args = await withLookupRegions(lookupArgsOf(inputs), host.settings);
  const gateArgs = gateArgsOf(inputs);
  const { tolerate } = gateArgs;
  const tell = (found: Found, lookup?: Partial<Lookup>): void => {
    host.onLookup?.(found, { by: "gate", args, tolerate, lookedUpAt: host.now(), ...lookup });
  };
  try {
    const status = await gather(args, gateArgs, host, how);
    tell({ status }, { isAwaited: how.isPutFirst === true || isAwaited(gateArgs, status, host.now()) });
    return status;
  } catch (error) {
    tell({ error });
    throw error;
  }
}

/** The inputs with the status: plain JSON, as the engine's transport takes it. */
function stateOf(
  inputs: Properties,
  status: PackStatus,
  lookedUpAt: Date,
  decision: GateDecision = decide(status, gateArgsOf(inputs).tolerate, lookedUpAt),
): Properties {
  return { ...inputs, ...encodeState(status, lookedUpAt, decision) };
}

function failuresOf(error: OrgConformanceError): readonly Problem[] {
  if (error instanceof InvalidArgumentsError) return error.problems;
  // The engine prints the property's value in front of it: the pack's name is short, and never wrong to see there.
  return [{ property: "name", reason: error.message }];
}
