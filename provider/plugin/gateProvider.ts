import { inPluginWords } from "../../core/aws/settingsNamespace";
import type { Problem } from "../../core/checks/problem";
import { InvalidArgumentsError, OrgConformanceError } from "../../core/errors";
import { gatherPackStatus } from "../../core/lookup/gatherPackStatus";
import type { PackStatusArgs } from "../../core/status/packStatusArgs";
import type { Found } from "../../core/statusFile/saveLookup";
import type { PulumiRun } from "../../core/statusFile/statusFile";
import { findProblems, packNameOf } from "../../core/status/packStatusChecks";
import * as gate from "../gateHandlers";
import { savingLookups } from "../savingLookups";
import { gateArgsOf, inputsOf, outputNames, type Properties } from "../gateInputs";
import { type GateState, triggersChangedKey } from "../gateState";
import { unjudgedWarning } from "../unjudgedWarning";
import { quoteUnknown, unknownText } from "../unknown";
import type { ProviderSettings } from "./providerSettings";

export { readProviderSettings } from "./providerSettings";

/** The surroundings of one call of the engine. */
export interface Call {
  /** Absent while the engine does not know the provider's configuration. */
  readonly settings: ProviderSettings | undefined;
  readonly signal: AbortSignal;
  readonly log: (severity: "info" | "warning", text: string) => void;
  /** The run, as far as the call tells: for status files. */
  readonly run: PulumiRun;
  /** The `customTimeouts` of the resource for this call, in seconds. */
  readonly timeoutSeconds?: number | undefined;
}

/** A change from the old outputs to the checked inputs. */
export interface Diff {
  readonly hasChanges: boolean;
  readonly replaces: readonly string[];
  /** The keys that a person wants to see, and whether each was added, updated or deleted. */
  readonly shown: readonly { readonly key: string; readonly kind: "ADD" | "UPDATE" | "DELETE" }[];
}

/** The key that the dynamic resource adds to the properties of the gate. */
const dynamicKey = "__provider";
/** Thousands of healthy accounts, and what changes without a reason, would bury the failures. */
const hiddenKeys: ReadonlySet<string> = new Set([
  "lookedUpAt",
  "packageVersion",
  "packedMembers",
  triggersChangedKey,
  dynamicKey,
]);

/**
 * Looks up in every check: in a preview, and again in the update. The engine does not say which of them it is, so with
 * changed triggers, the status is left to policies and to `settle`, which know.
 */
export async function check(olds: Properties, news: Properties, call: Call): Promise<gate.Checked> {
  if (call.settings === undefined) return { inputs: inputsOf(news), failures: [] };
  const host = hostOf(call);
  const { ended, inputs } = gate.beforeLookup(inputsOf(news), host);
  if (ended) return ended;
  const isPutFirst = gate.triggersChanged(olds, inputs);
  const { failures, inputs: checked } = await gate.check(inputs, host, isPutFirst);
  if (!isPutFirst) warnUnlessJudged(checked, call);
  return {
    inputs: inUsersWords(checked),
    failures: failures.map(({ property, reason }) => ({ property, reason: inPluginWords(reason) })),
  };
}

function warnUnlessJudged(state: Properties, { log }: Call): void {
  const { decision } = state as Partial<GateState>;
  const warning = unjudgedWarning(decision, gateArgsOf(state));
  if (warning !== undefined) log("warning", inPluginWords(warning));
}

/** @param olds - The outputs, also those of the dynamic resource or of an older format: these are a change. */
export function diff(olds: Properties, news: Properties): Diff {
  const { after, keys, needsUpdate, replaces } = gate.changeOf(olds, news);
  return {
    hasChanges: needsUpdate || news[triggersChangedKey] === true,
    replaces,
    shown: keys
      .filter((key) => !hiddenKeys.has(key) && (gate.isLookedUp(news) || after[key] !== undefined))
      .map((key) => ({ key, kind: olds[key] === undefined ? "ADD" : after[key] === undefined ? "DELETE" : "UPDATE" })),
  };
}

/** The outputs that a preview can know. A status that the update will look up, or that it changes first, is not known. */
export function previewed(checked: Properties, call: Call): Properties {
  // The check could not know that this is a preview.
  if (call.settings !== undefined) gate.tellAwaited(checked, hostOf(call));
  if (gate.isLookedUp(checked) && checked[triggersChangedKey] !== true) return checked;
  const inputs = inputsOf(checked);
  const unknown = outputNames.filter((name) => inputs[name] === undefined).map((name) => [name, unknownText]);
  return { ...inputs, ...(Object.fromEntries(unknown) as Properties) };
}

/** The end of a creation or an update. */
export async function settle(checked: Properties, call: Call): Promise<gate.Settled & { readonly id: string }> {
  const id = gate.idOf(checked);
  const settled = await gate.settle(checked, hostOf(call));
  const state = inUsersWords(settled.state);
  // The check left it to the update, which has put the pack since.
  if (settled.kind === "settled" && checked[triggersChangedKey] === true) warnUnlessJudged(settled.state, call);
  return settled.kind === "settled"
    ? { ...settled, id, state }
    : { ...settled, id, state, message: inPluginWords(settled.message) };
}

/**
 * Looks up again, for a refresh.
 *
 * @param inputs - Of the saved resource. A read without a resource, `.get` of an SDK or an import, has none.
 * @throws A subclass of `OrgConformanceError`.
 */
export async function read(
  state: Properties,
  inputs: Properties,
  call: Call,
): Promise<{ readonly id: string; readonly state: Properties }> {
  if (!gate.isLookedUp(inputs) || !gate.isLookedUp(state)) {
    throw new InvalidArgumentsError([readProblem], packNameOf(state));
  }
  const given = Object.fromEntries(Object.entries(state).filter(([key]) => key !== dynamicKey));
  const found = inUsersWords(await gate.read(given, hostOf(call)));
  return { id: gate.idOf(found), state: found };
}

const readProblem: Problem = {
  property: "get",
  reason: `${gate.readRefusal} Declare it instead of reading it (get) or importing it. Nothing at AWS belongs to it, so there is nothing to import.`,
};

/** The message of an error of these calls, in the names of the plugin's settings. Absent for an error that is a bug. */
export function wordsOf(error: unknown): string | undefined {
  return error instanceof OrgConformanceError ? inPluginWords(error.message) : undefined;
}

/** The result of the function, or the mistakes in its arguments. */
export async function lookUp(
  args: Properties,
  call: Call,
): Promise<{ readonly result?: object; readonly failures: readonly Problem[] }> {
  const { now, onLookup, settings, settingsProblems, signal } = hostOf(call);
  const name = packNameOf(args);
  const tell = (found: Found): void => {
    onLookup?.(found, { by: "function", args: { ...args, name }, lookedUpAt: now() });
  };
  const failures = [...findProblems(args), ...settingsProblems];
  if (failures.length > 0) {
    tell({ error: new InvalidArgumentsError(failures, name) });
    return { failures };
  }
  try {
    const status = await gatherPackStatus(args as unknown as PackStatusArgs, { settings, signal });
    tell({ status });
    return { result: inUsersWords(quoteUnknown(status)), failures };
  } catch (error) {
    tell({ error });
    throw error;
  }
}

function hostOf({ log, run, settings: given, signal, timeoutSeconds }: Call): gate.GateHost {
  if (given === undefined) throw new Error("its configuration is not known yet.");
  const { problems, settings } = given;
  return {
    settings,
    settingsProblems: problems,
    now: () => new Date(),
    log,
    signal,
    waitSeconds: timeoutSeconds,
    onLookup: savingLookups(run, settings, log),
  };
}

/** The texts of a status name settings as users of the plugin set them. */
function inUsersWords<T extends object>(status: T): T {
  const texts = Object.entries(status).filter(([key]) => ["reasons", "regionStatuses", "decision"].includes(key));
  return { ...status, ...(JSON.parse(inPluginWords(JSON.stringify(Object.fromEntries(texts)))) as Partial<T>) };
}
