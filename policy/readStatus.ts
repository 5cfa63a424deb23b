import { isDeepStrictEqual } from "node:util";
import { type GateArgs } from "../core/gate/gateArgs";
import { isAwaited } from "../core/gate/failOn";
import type { PackStatus } from "../core/status/packStatus";
import { decodeState, formatVersion, type GateState } from "../provider/gateState";
import { sanitize } from "../core/text/sanitize";
import { version } from "../core/version";
import { organizationConformancePackStatusType } from "../provider/resourceType";
import type { Tolerance } from "../core/gate/tolerance";
import { toleranceCheck } from "../core/gate/toleranceCheck";
import { judge } from "../core/status/judge";
import type { Reason, ReasonCode } from "../core/status/reasons";
import { verdicts } from "../core/status/verdict";

/** What a policy learns of a resource. */
export type StatusReading =
  /** Some other resource, or one that the engine refuses already because its lookup failed. */
  | { readonly kind: "other" }
  /** An argument is not known until the update, so nothing was looked up. `error` is the policy SDK's own. */
  | { readonly kind: "unknown"; readonly error: Error }
  /** A status resource without a status that can be judged: nothing is known, so nothing may pass. */
  | { readonly kind: "unreadable"; readonly message: string }
  | {
      readonly kind: "status";
      readonly status: PackStatus;
      readonly lookedUpAt: Date;
      /** The resource's own. */
      readonly tolerate: Tolerance | undefined;
      /** Whether the update waits for what the status is not yet, and lets nothing pass before. */
      readonly isAwaited: boolean;
    };

/**
 * Reads the pack's status from the properties of a resource, as a policy is given them.
 *
 * @param known - What was read before, by the properties' JSON text: several policies ask for each resource.
 */
export function readStatus(type: string, props: unknown, known = new Map<string, StatusReading>()): StatusReading {
  if (type !== organizationConformancePackStatusType) return { kind: "other" };
  try {
    // Every property is touched: the policy SDK throws where one is unknown, at any depth.
    const text = JSON.stringify(props);
    const reading = known.get(text) ?? readingOf(JSON.parse(text) as Partial<SavedState>);
    known.set(text, reading);
    return reading;
  } catch (error) {
    if (isUnknownValueError(error)) return { kind: "unknown", error };
    return { kind: "unreadable", message: unreadable(undefined) };
  }
}

type SavedState = GateState & GateArgs & { readonly lookupFailed: boolean };

function readingOf(state: Partial<SavedState>): StatusReading {
  // The lookup was a check failure: the engine reports why, and stops the run. `check` never gives both.
  const hasStatus = state.verdict !== undefined || state.decision !== undefined || state.lookedUpAt !== undefined;
  if (state.lookupFailed && !hasStatus) return { kind: "other" };
  return statusIn(state as SavedState) ?? { kind: "unreadable", message: unreadable(state.packageVersion) };
}

function statusIn(state: SavedState): StatusReading | undefined {
  // Without a decision, or with a tolerance that means nothing here, it is of another version.
  if (state.formatVersion !== formatVersion || toleranceCheck(state.tolerate ?? {}, "tolerate").length > 0) return;
  try {
    const status = decodeState(state);
    const lookedUpAt = new Date(state.lookedUpAt);
    const isOurs = verdicts.includes(state.decision.verdict) && !Number.isNaN(lookedUpAt.getTime());
    if (!isOurs || !isConsistent(status)) return;
    return { kind: "status", status, lookedUpAt, tolerate: state.tolerate, isAwaited: isAwaited(state, status) };
  } catch {
    // A form that is not ours: nothing is known, so it is a violation.
    return;
  }
}

/** Why there is nothing to judge: most often, the program and the policy pack have different versions. */
function unreadable(packageVersion: unknown): string {
  const given = typeof packageVersion === "string" ? sanitize(packageVersion, 40) : undefined;
  const next =
    given === version
      ? "run pulumi refresh"
      : "use the same version of pulumi-org-conformance in the program and as the policy pack";
  return `This resource holds no status that can be judged. The program's version of pulumi-org-conformance is ${given ?? "unknown"}, the policy pack's is ${version}.\n    Next: if the run has targets, add this resource to them (--target). Otherwise ${next}.`;
}

/** Whether the verdict and its reasons fit the rows: a state may come from another version, or from a person's hand. */
function isConsistent(status: PackStatus): boolean {
  const { name, verdict, reasons, counts, members, missing, failed, inProgress, regionStatuses, regions, stuck } =
    status;
  const argued = (code: ReasonCode): boolean => reasons.some((reason) => reason.code === code);
  return (
    typeof name === "string" &&
    [regions, missing].every(Array.isArray) &&
    isDeepStrictEqual(
      regionStatuses.map(({ region }) => region),
      regions,
    ) &&
    verdicts.includes(verdict) &&
    verdict === (reasons[0]?.verdict ?? "PASSED") &&
    reasons.every((reason) => verdicts.indexOf(reason.verdict) >= verdicts.indexOf(verdict)) &&
    members.length === counts.total &&
    failed.length > 0 === argued("membersFailed") &&
    inProgress.length > 0 === argued("membersInProgress") &&
    stuck.length > 0 === argued("membersStuck") &&
    missing.length > 0 === argued("accountsMissing") &&
    // What is in neither the rows nor the aggregates can only add reasons.
    reasonsAgain(status).every((again) =>
      reasons.some(({ code, region, verdict }) =>
        isDeepStrictEqual([code, region, verdict], [again.code, again.region, again.verdict]),
      ),
    )
  );
}

function reasonsAgain({ members, reasons, regionStatuses }: PackStatus): readonly Reason[] {
  const argued = (code: ReasonCode, of?: string): boolean =>
    reasons.some(({ code: given, region }) => given === code && region === of);
  return judge({
    regions: regionStatuses.map(({ aggregate, error, nextStep, region }) => ({
      region,
      ...(aggregate && { aggregate }),
      ...(argued("successfulOmitted") && { hasSuccessful: !argued("noMembers", region) }),
      ...(error !== undefined && {
        failure: {
          code: argued("noSuchPack", region) ? "noSuchPack" : "regionUnanswered",
          message: error,
          nextStep: nextStep ?? "",
        },
      }),
    })),
    members,
    ...(argued("successfulOmitted") && { successfulOmitted: true }),
    ...(argued("accountsFiltered") && { onlyAccounts: [] }),
    ...(argued("statusesFiltered") && { onlyStatuses: [] }),
  }).reasons;
}

/** By its shape, not its class: a pack that includes these policies may have its own copy of @pulumi/policy. */
function isUnknownValueError(error: unknown): error is Error {
  return error instanceof Error && "unknownTypeSentinel" in error;
}
