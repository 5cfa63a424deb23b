import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import { report } from "../provider/report";
import { decide } from "../provider/tolerance";
import type { Verdict } from "../provider/verdict";
import { staleness } from "./freshness";
import { rememberJudged } from "./judgedResources";
import { noticesOf, rememberNotices } from "./notices";
import {
  gateSettingsSchema,
  type PolicySettings,
  policySettingsSchema,
  refuseMistakes,
  settingsCheck,
} from "./policySettings";
import { readStatus } from "./readStatus";

/** What one policy over status resources is about. */
export interface StatusPolicy {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel;
  /** A status with a reason for one of these verdicts is a violation, whatever its own verdict is. */
  readonly violatedBy: readonly Exclude<Verdict, "PASSED">[];
  /**
   * Whether a resource without a status that can be judged, or with that of an earlier run, is a violation too. It is
   * of each policy that blocks: one of them may be turned off.
   */
  readonly refusesUnestablished?: boolean;
  /**
   * Whether it says so when a resource cannot be judged before the update. One policy of a pack does, so that
   * the reader of a preview is told once.
   */
  readonly tellsUnknown?: boolean;
}

/** A resource policy that judges each status resource before anything that depends on it is changed. */
export function statusPolicy(policy: StatusPolicy): ResourceValidationPolicy {
  const { violatedBy, refusesUnestablished, tellsUnknown, ...about } = policy;
  const configSchema = refusesUnestablished ? policySettingsSchema : gateSettingsSchema;
  const check = settingsCheck(Object.keys(configSchema.properties));
  return {
    ...about,
    configSchema,
    validateResource: (args, reportViolation) => {
      const reading = readStatus(args.type, args.props);
      if (reading.kind === "other") return;
      const settings = args.getConfig<PolicySettings>();
      refuseMistakes(settings, check, policy.name);
      switch (reading.kind) {
        case "unknown":
          // The policy SDK turns it into an advisory: "can't run policy … during preview".
          if (tellsUnknown) throw reading.error;
          return;
        case "unreadable":
          if (refusesUnestablished) reportViolation(reading.message);
          return;
        case "status": {
          const { lookedUpAt, status } = reading;
          const stale = staleness(lookedUpAt, settings.maxStatusAgeMinutes);
          if (stale && refusesUnestablished) reportViolation(stale);
          // The update waits, and lets nothing pass before. What was saved by another run is not waited for any more.
          if (reading.isAwaited && !stale && settings.maxStatusAgeMinutes === undefined) {
            rememberNotices(args.urn, [
              "It has not settled yet: the update waits for it, and judges it then (waitForSettled).",
            ]);
            return;
          }
          const decision = decide(status, settings.tolerate ?? reading.tolerate);
          rememberJudged(args.urn, status, violatedBy);
          rememberNotices(args.urn, noticesOf(decision));
          const message = report(decision.remaining, violatedBy, settings);
          if (message !== undefined) reportViolation(message);
        }
      }
    },
  };
}
