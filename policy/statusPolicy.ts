import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import { isDeepStrictEqual } from "node:util";
import { decide } from "../core/gate/decide";
import { awaitedSentence } from "../core/gate/failOn";
import { report, whomToAsk } from "../core/gate/report";
import { decideForWait } from "../core/gate/settled";
import { notPassed, type Verdict } from "../core/status/verdict";
import { configSchemaOf } from "./configSchema";
import { isLeftToTheUpdate, staleness } from "./freshness";
import type { PolicyRun } from "./policyRun";
import { type PolicySettings, policySettingsCheck } from "./policySettings";
import type { StatusReading } from "./readStatus";
import { needsUnits, withUnits } from "./unitExceptions";

/** One policy over status resources. */
interface StatusPolicy {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly enforcementLevel: EnforcementLevel;
  /** A status with a reason for one of these verdicts is a violation, whatever its own verdict is. */
  readonly violatedBy: readonly Exclude<Verdict, "PASSED">[];
  /** Set to report a resource that can't be judged before the update. One policy of a pack does, so that you read it once. */
  readonly reportsUnknown?: boolean;
}

/**
 * A resource policy that judges each status resource before anything that depends on it is changed. A resource without a
 * status that can be judged, or with that of an earlier run, violates each of them: one of them may be turned off.
 */
export function statusPolicy(run: PolicyRun, policy: StatusPolicy): ResourceValidationPolicy {
  const { reportsUnknown, violatedBy, ...about } = policy;
  return {
    ...about,
    configSchema: configSchemaOf(policySettingsCheck),
    validateResource: (args, reportViolation) => {
      const settings = args.getConfig<PolicySettings>();
      // At the first resource, whatever that is: before anything is changed.
      run.refuseMistakes(settings, policySettingsCheck, policy.name);
      const reading = run.read(args);
      switch (reading.kind) {
        case "other":
          return;
        case "unknown":
          // The policy SDK turns it into an advisory: "can't run policy … during preview".
          if (reportsUnknown) throw reading.error;
          return;
        case "putFirst":
          if (reportsUnknown) run.notices.remember(args.urn, [reading.message]);
          return;
        case "unreadable":
          reportViolation(run.notices.inFullOnce(args.urn, reading.message, settings));
          return;
        case "status": {
          const judge = (read: Status): void => {
            for (const violation of violationsOf(run, args.urn, read, settings, violatedBy)) reportViolation(violation);
          };
          if (!needsUnits(reading, settings.tolerate)) {
            judge(reading);
            return;
          }
          return withUnits(reading, settings.tolerate, (message) => {
            reportViolation(run.notices.inFullOnce(args.urn, message, settings));
          }).then((status) => {
            judge({ ...reading, status });
          });
        }
      }
    },
  };
}

type Status = Extract<StatusReading, { readonly kind: "status" }>;

function* violationsOf(
  run: PolicyRun,
  urn: string,
  reading: Status,
  settings: PolicySettings,
  violatedBy: StatusPolicy["violatedBy"],
): Generator<string> {
  const { identity, lookedUpAt, status } = reading;
  const stale = staleness(lookedUpAt, settings.maxStatusAgeMinutes);
  if (stale !== undefined) yield run.notices.inFullOnce(urn, stale, settings);
  if (isLeftToTheUpdate(reading, settings.maxStatusAgeMinutes)) {
    yield* awaitedViolations(run, urn, reading, settings);
    return;
  }
  const tolerate = settings.tolerate ?? reading.tolerate;
  const decision = decide(status, tolerate);
  run.judged.remember(urn, identity, violatedBy, tolerate);
  run.notices.rememberDecision(urn, decision);
  const message = report(decision.remaining, violatedBy, settings);
  if (message !== undefined) yield message;
}

/** No policy is asked between the wait and what depends on the resource. */
const judgedByAnother =
  "The update waits for this pack and judges it then by the resource's own tolerate. This policy has a different one.\n    Next: give the resource the same tolerate, or none.";

function* awaitedViolations(
  run: PolicyRun,
  urn: string,
  { status, tolerate }: Status,
  settings: PolicySettings,
): Generator<string> {
  const isOther =
    settings.tolerate !== undefined && tolerate !== undefined && !isDeepStrictEqual(settings.tolerate, tolerate);
  if (isOther) yield [judgedByAnother, ...whomToAsk(settings)].join("\n");
  else
    run.notices.rememberWait(
      urn,
      `${awaitedSentence}\n${report(decideForWait(status, tolerate).remaining, notPassed, { ...settings, isAwaited: true }) ?? ""}`,
    );
}
