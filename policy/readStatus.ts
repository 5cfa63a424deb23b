import type { GateArgs } from "../core/gate/gateArgs";
import { isAwaited } from "../core/gate/failOn";
import type { Tolerance } from "../core/gate/tolerance";
import { toleranceCheck } from "../core/gate/toleranceCheck";
import type { PackStatus } from "../core/status/packStatus";
import type { PackStatusArgs } from "../core/status/packStatusArgs";
import { verdicts } from "../core/status/verdict";
import { sanitize } from "../core/text/sanitize";
import { version } from "../core/text/version";
import { inputsOf, lookupArgsOf } from "../provider/gateInputs";
import {
  comparable,
  decodeState,
  formatVersion,
  type GateState,
  isGateState,
  triggersChangedKey,
} from "../provider/gateState";
import { isStatusType } from "../provider/pulumiTokens";
import { fitsItsRows } from "./fitsItsRows";

/** A resource as a policy sees it. */
export type StatusReading =
  /** Some other resource, or one that the engine refuses already because its lookup failed. */
  | { readonly kind: "other" }
  /**
   * An argument, or a setting of its provider, is not known until the update, so nothing was looked up. `error` is the
   * policy SDK's own.
   */
  | { readonly kind: "unknown"; readonly error: Error }
  /** In a preview: the update puts the pack before it judges it. */
  | { readonly kind: "putFirst"; readonly message: string }
  /** A status resource without a status that can be judged: nothing is known, so nothing may pass. */
  | { readonly kind: "unreadable"; readonly message: string }
  /** One that can be judged. */
  | {
      readonly kind: "status";
      readonly status: PackStatus;
      /** The same for two readings of one status, whenever it was looked up: compare by this. */
      readonly identity: string;
      readonly lookedUpAt: Date;
      /** The arguments of its lookup. */
      readonly lookupArgs: PackStatusArgs;
      /** The resource's own. */
      readonly tolerate: Tolerance | undefined;
      /** True if the update waits until the pack has settled. The gate stays closed until then. */
      readonly isAwaited: boolean;
    };

/** A resource, as far as a policy reads it. */
export interface ReadableResource {
  readonly type: string;
  readonly props: unknown;
  /** The resource's provider, where the engine shows it. */
  readonly provider?: { readonly props: unknown } | undefined;
}

/** The run, as far as a reading depends on it. */
export interface ReadingRun {
  /** True if the run is a preview, and made the lookup of this time itself. */
  readonly isPreviewOf: (lookedUpAt: Date) => boolean;
  /** Earlier readings, by the properties' JSON text: several policies ask for each resource. */
  readonly known: Map<string, StatusReading>;
}

/** Reads the pack's status from the properties of a resource, as a policy is given them. */
export function readStatus({ props, provider, type }: ReadableResource, run: ReadingRun): StatusReading {
  if (!isStatusType(type)) return { kind: "other" };
  try {
    // Every property is touched: the policy SDK throws where one is unknown, at any depth.
    const text = JSON.stringify(props);
    const reading = run.known.get(text) ?? readingOf(JSON.parse(text) as Partial<SavedState>, run);
    // Without its settings, the plugin is not asked to look up. The policy SDK throws where one is unknown.
    if (reading.kind === "unreadable" && !text.includes('"lookedUpAt"')) JSON.stringify(provider?.props);
    run.known.set(text, reading);
    return reading;
  } catch (error) {
    if (isUnknownValueError(error)) return { kind: "unknown", error };
    return { kind: "unreadable", message: unreadable({}) };
  }
}

type SavedState = GateState & GateArgs & { readonly lookupFailed: boolean; readonly [triggersChangedKey]: boolean };

const putFirst =
  "The triggers have changed, so the update puts the pack first: the preview does not judge the pack as it is, and the update judges it after the put.";

function readingOf(state: Partial<SavedState>, { isPreviewOf }: ReadingRun): StatusReading {
  // The plugin's check does not know whether it is in a preview. In the update, the pack has been put already. A mark of
  // an earlier run, which a run with targets shows, says nothing of this one.
  if (state[triggersChangedKey] && isPreviewOf(new Date(state.lookedUpAt ?? ""))) {
    return { kind: "putFirst", message: putFirst };
  }
  // The lookup was a check failure: the engine reports why, and stops the run. `check` never gives both.
  const hasStatus = state.verdict !== undefined || state.decision !== undefined || state.lookedUpAt !== undefined;
  if (state.lookupFailed && !hasStatus) return { kind: "other" };
  return statusIn(state as SavedState) ?? { kind: "unreadable", message: unreadable(state) };
}

function statusIn(state: SavedState): StatusReading | undefined {
  // Another form, or exceptions that mean nothing here: it is of another version.
  if (!isGateState(state) || toleranceCheck(state.tolerate ?? {}, "tolerate").length > 0) return;
  try {
    const status = decodeState(state);
    const lookedUpAt = new Date(state.lookedUpAt);
    const isOurs = verdicts.includes(state.decision.verdict) && !Number.isNaN(lookedUpAt.getTime());
    if (!isOurs || !fitsItsRows(status)) return;
    return {
      kind: "status",
      status,
      identity: identityOf(state),
      lookedUpAt,
      lookupArgs: lookupArgsOf({ ...state }),
      tolerate: state.tolerate,
      isAwaited: isAwaited(state, status),
    };
  } catch {
    // A form that is not ours: nothing is known, so it is a violation.
    return;
  }
}

/** The status without its times: when only these have changed, the engine sees no change and keeps the state as it was. */
function identityOf(state: SavedState): string {
  const args = inputsOf({ ...state, name: undefined, regions: undefined });
  const judged = Object.entries(state).filter(([key]) => args[key] === undefined && key !== triggersChangedKey);
  return JSON.stringify(judged.map(([key, value]) => [key, comparable(key, value)]));
}

/** Why there is nothing to judge. Most often, the program and the policy pack have different versions. */
function unreadable({ formatVersion: format, packageVersion }: Partial<SavedState>): string {
  const given = typeof packageVersion === "string" ? sanitize(packageVersion, 40) : undefined;
  if (typeof format === "number" && format > formatVersion && given !== version) {
    const newer = given === undefined ? "a newer version" : `version ${given}`;
    return `This resource's status has format ${String(format)}, written by ${newer} of pulumi-org-conformance in the program. The policy pack's version is ${version}, which reads formats up to ${String(formatVersion)}.\n    Next: use ${newer} as the policy pack too, or version ${version} in the program.`;
  }
  const next =
    given === version
      ? "run pulumi refresh"
      : "use the same version of pulumi-org-conformance in the program and as the policy pack";
  return `This resource holds no status that can be judged. The program's version of pulumi-org-conformance is ${given ?? "unknown"}, the policy pack's is ${version}.\n    Next: if the run has targets, add this resource to them (--target). Otherwise ${next}.`;
}

/** By its shape, not its class: a pack that includes these policies may have its own copy of @pulumi/policy. */
function isUnknownValueError(error: unknown): error is Error {
  return error instanceof Error && "unknownTypeSentinel" in error;
}
