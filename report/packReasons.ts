import { reasonNextStep } from "../core/gate/reasonNextStep";
import { type Reason, ruleOf } from "../core/status/reasons";
import type { FoundStatus } from "../core/statusFile/statusFile";

/** A reason about a pack as a whole, and the next step. */
export interface PackReason {
  readonly reason: Reason;
  readonly nextStep: string | undefined;
}

/**
 * The reasons that keep the gate closed, and that nothing else says: accounts have causes, and regions without an answer
 * have next steps of their own.
 */
export function packReasons({ decision, regionStatuses }: FoundStatus): readonly PackReason[] {
  const silent = new Set(regionStatuses.flatMap(({ error, region }) => (error === undefined ? [] : [region])));
  return decision.reasons
    .filter(
      (reason) =>
        reason.verdict !== "PASSED" &&
        ruleOf(reason).rows === undefined &&
        !(isOfOutage(reason) && silent.has(reason.region ?? "")),
    )
    .map((reason) => ({ reason, nextStep: reasonNextStep(reason, regionStatuses) }));
}

/** True for a reason that a region gives by its silence, or by not knowing the pack. */
export function isOfOutage({ code }: Reason): boolean {
  return code === "regionUnanswered" || code === "noSuchPack";
}
