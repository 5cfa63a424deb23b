import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import { isDeepStrictEqual } from "node:util";
import { waitedFor } from "../core/gate/isSettled";
import { report } from "../core/gate/report";
import { decide } from "../core/gate/tolerance";
import { notPassed, type Verdict } from "../core/status/verdict";
import { staleness } from "./freshness";
import { rememberJudged } from "./judgedResources";
import { noticesOf, rememberNotices, rememberWait } from "./notices";
import { type PolicySettings, policySettingsCheck, policySettingsSchema, refuseMistakes } from "./policySettings";
import { readStatus } from "./readStatus";
import { inFullOnce } from "./saidInFull";

/** What one policy over status resources is about. */
export interface StatusPolicy {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel;
  /** A status with a reason for one of these verdicts is a violation, whatever its own verdict is. */
  readonly violatedBy: readonly Exclude<Verdict, "PASSED">[];
  /**
   * Whether it says so when a resource cannot be judged before the update. One policy of a pack does, so that
   * the reader of a preview is told once.
   */
  readonly tellsUnknown?: boolean;
}

const awaited = "It has not settled yet: the update waits for it, and judges it then (waitForSettled). As it is now:";

/** The update would let pass what this policy does not, and no policy is asked before what depends on it is changed. */
const judgedByAnother =
  "The update waits for this pack, and judges it then by the resource's own tolerate. This policy has another.\n    Next: give the resource the same tolerate, or none.";

/**
 * A resource policy that judges each status resource before anything that depends on it is changed. A resource without a
 * status that can be judged, or with that of an earlier run, is a violation of each: one of them may be turned off.
 */
export function statusPolicy(policy: StatusPolicy): ResourceValidationPolicy {
  const { violatedBy, tellsUnknown, ...about } = policy;
  return {
    ...about,
    configSchema: policySettingsSchema,
    validateResource: (args, reportViolation) => {
      // At the first resource, whatever that is: before anything is changed.
      const settings = args.getConfig<PolicySettings>();
      refuseMistakes(settings, policySettingsCheck, policy.name);
      const reading = readStatus(args.type, args.props);
      if (reading.kind === "other") return;
      switch (reading.kind) {
        case "unknown":
          // The policy SDK turns it into an advisory: "can't run policy … during preview".
          if (tellsUnknown) throw reading.error;
          return;
        case "unreadable":
          reportViolation(inFullOnce(args.urn, reading.message));
          return;
        case "status": {
          const { lookedUpAt, status } = reading;
          const stale = staleness(lookedUpAt, settings.maxStatusAgeMinutes);
          if (stale) reportViolation(inFullOnce(args.urn, stale));
          // The update waits, and lets nothing pass before. What was saved by another run is not waited for any more.
          if (reading.isAwaited && !stale && settings.maxStatusAgeMinutes === undefined) {
            const other = settings.tolerate !== undefined && reading.tolerate !== undefined;
            if (other && !isDeepStrictEqual(settings.tolerate, reading.tolerate)) {
              reportViolation(judgedByAnother);
              return;
            }
            const now = report(waitedFor(status, reading.tolerate).remaining, notPassed, settings, true) ?? "";
            rememberWait(args.urn, `${awaited}\n${now}`);
            return;
          }
          const tolerate = settings.tolerate ?? reading.tolerate;
          const decision = decide(status, tolerate);
          rememberJudged(args.urn, status, violatedBy, tolerate);
          rememberNotices(args.urn, noticesOf(decision));
          const message = report(decision.remaining, violatedBy, settings);
          if (message !== undefined) reportViolation(message);
        }
      }
    },
  };
}
