import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { report } from "../core/gate/report";
import { decide } from "../core/gate/tolerance";
import { staleness } from "./freshness";
import { notJudged, rememberLookedUp, wasLookedUp } from "./judgedResources";
import { noticesOf, rememberNotices } from "./notices";
import { type PolicySettings, policySettingsCheck, policySettingsSchema, refuseMistakes } from "./policySettings";
import { readStatus } from "./readStatus";
import { inFullOnce } from "./saidInFull";

const name = "organization-conformance-pack-settled";

/**
 * What a run ends with is no failure either. It judges, at the end of the run, what no resource policy of this pack has
 * judged as it now is: because an argument was unknown, because it became another in the update, or because the policy
 * for it is not in the pack or is disabled.
 */
export const settled: ResourceValidationPolicy & StackValidationPolicy = {
  name,
  displayName: "Organization conformance pack: settled",
  description:
    "What a run leaves behind of an organization conformance pack is neither failed nor incomplete, also where it was unknown before.",
  enforcementLevel: "mandatory",
  configSchema: policySettingsSchema,
  // It judges nothing yet, and remembers what the run has looked up.
  validateResource: (args) => {
    refuseMistakes(args.getConfig<PolicySettings>(), policySettingsCheck, name);
    const reading = readStatus(args.type, args.props);
    if (reading.kind !== "status" || staleness(reading.lookedUpAt, undefined) !== undefined) return;
    rememberLookedUp(args.urn, reading.status);
  },
  validateStack: (args, reportViolation) => {
    const settings = args.getConfig<PolicySettings>();
    refuseMistakes(settings, policySettingsCheck, name);
    for (const { type, props, urn } of args.resources) {
      const reading = readStatus(type, props);
      // Unknown at the end of a preview: the update judges it. One such resource must not hide the others.
      if (reading.kind === "unreadable") reportViolation(inFullOnce(urn, reading.message), urn);
      if (reading.kind !== "status") continue;
      // At the end of a preview: the update waits for it. One that an earlier run left so is not waited for any more.
      const isOfThisRun = staleness(reading.lookedUpAt, undefined) === undefined;
      if (reading.isAwaited && isOfThisRun && settings.maxStatusAgeMinutes === undefined) continue;
      const verdicts = notJudged(urn, reading.status, ["FAILED", "INCOMPLETE"] as const, settings.tolerate);
      const isUnseen = verdicts.length > 0 && !wasLookedUp(urn, reading.status);
      const stale = isUnseen && staleness(reading.lookedUpAt, settings.maxStatusAgeMinutes);
      if (stale) reportViolation(inFullOnce(urn, stale), urn);
      const decision = decide(reading.status, settings.tolerate ?? reading.tolerate);
      if (verdicts.length > 0) rememberNotices(urn, noticesOf(decision));
      const message = report(decision.remaining, verdicts, settings);
      if (message !== undefined) reportViolation(message, urn);
    }
  },
};
