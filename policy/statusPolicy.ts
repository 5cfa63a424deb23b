import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import type { PackStatus } from "../provider/packStatus";
import { report } from "../provider/report";
import type { Verdict } from "../provider/verdict";
import { staleness } from "./freshness";
import { rememberJudged } from "./judgedResources";
import { readStatus } from "./readStatus";
import { type PolicySettings, policySettingsSchema, reportSettingsSchema } from "./policySettings";

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
  return {
    ...about,
    configSchema: refusesUnestablished ? policySettingsSchema : reportSettingsSchema,
    validateResource: (args, reportViolation) => {
      const reading = readStatus(args.type, args.props);
      switch (reading.kind) {
        case "other":
          return;
        case "unknown":
          // The policy SDK turns it into an advisory: "can't run policy … during preview".
          if (tellsUnknown) throw reading.error;
          return;
        case "unreadable":
          if (refusesUnestablished) reportViolation(reading.message);
          return;
        case "status": {
          const settings = args.getConfig<PolicySettings>();
          const stale = refusesUnestablished && staleness(reading.lookedUpAt, settings.maxStatusAgeMinutes);
          if (stale) reportViolation(stale);
          rememberJudged(args.urn, reading.status, violatedBy);
          reportWhenViolated(reading.status, violatedBy, settings, reportViolation);
        }
      }
    },
  };
}

/** Reports a violation when the status has a reason for one of `violatedBy`. */
export function reportWhenViolated(
  status: PackStatus,
  violatedBy: StatusPolicy["violatedBy"],
  settings: PolicySettings,
  reportViolation: (message: string) => void,
): void {
  const message = report(status, violatedBy, settings);
  if (message !== undefined) reportViolation(message);
}
