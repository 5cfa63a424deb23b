import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { decide } from "../core/gate/decide";
import { report } from "../core/gate/report";
import { configSchemaOf } from "./configSchema";
import { isLeftToTheUpdate, isOfThisRun, staleness } from "./freshness";
import type { PolicyRun } from "./policyRun";
import { type PolicySettings, policySettingsCheck } from "./policySettings";
import type { StatusReading } from "./readStatus";
import { needsUnits, withUnits } from "./unitExceptions";
import { policyNames } from "./policyNames";

const name = policyNames.settled;

/**
 * Judges, at the end of a run, what no resource policy of this pack has judged as it now is: because an argument was
 * unknown, because it changed in the update, or because the policy for it is not in the pack or is disabled.
 */
export function settledPolicy(run: PolicyRun): ResourceValidationPolicy & StackValidationPolicy {
  return {
    name,
    displayName: "Organization conformance pack: settled",
    description:
      "Checks at the end of a run that no organization conformance pack has failed or is incomplete, even where its status was unknown before.",
    enforcementLevel: "mandatory",
    configSchema: configSchemaOf(policySettingsCheck),
    // It judges nothing yet, and remembers what the run has looked up.
    validateResource: (args) => {
      run.refuseMistakes(args.getConfig<PolicySettings>(), policySettingsCheck, name);
      const reading = run.read(args);
      if (reading.kind === "status" && isOfThisRun(reading.lookedUpAt))
        run.judged.rememberLookup(args.urn, reading.identity);
    },
    validateStack: async (args, reportViolation) => {
      const settings = args.getConfig<PolicySettings>();
      run.refuseMistakes(settings, policySettingsCheck, name);
      for (const resource of args.resources) {
        const { urn } = resource;
        // What is unknown at the end of a preview, the update judges. One such resource must not hide the others.
        const reading = run.read(resource);
        if (reading.kind === "unreadable") {
          reportViolation(run.notices.inFullOnce(urn, reading.message, settings), urn);
        }
        if (reading.kind !== "status") continue;
        const status = needsUnits(reading, settings.tolerate)
          ? await withUnits(reading, settings.tolerate, (message) => {
              reportViolation(run.notices.inFullOnce(urn, message, settings), urn);
            })
          : reading.status;
        for (const violation of violationsOf(run, urn, { ...reading, status }, settings))
          reportViolation(violation, urn);
      }
    },
  };
}

function* violationsOf(
  run: PolicyRun,
  urn: string,
  reading: Extract<StatusReading, { readonly kind: "status" }>,
  settings: PolicySettings,
): Generator<string> {
  const { identity, lookedUpAt, status, tolerate } = reading;
  // At the end of a preview.
  if (isLeftToTheUpdate(reading, settings.maxStatusAgeMinutes)) return;
  const verdicts = run.judged.missing(urn, identity, ["FAILED", "INCOMPLETE"] as const, settings.tolerate);
  if (verdicts.length === 0) return;
  if (!run.judged.wasLookedUp(urn, identity)) {
    const stale = staleness(lookedUpAt, settings.maxStatusAgeMinutes);
    if (stale !== undefined) yield run.notices.inFullOnce(urn, stale, settings);
  }
  const decision = decide(status, settings.tolerate ?? tolerate);
  run.notices.rememberDecision(urn, decision);
  const message = report(decision.remaining, verdicts, settings);
  if (message !== undefined) yield message;
}
