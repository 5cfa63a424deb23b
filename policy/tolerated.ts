import type { StackValidationPolicy } from "@pulumi/policy";
import { noticeLines } from "../core/gate/noticeLines";
import type { PolicyRun } from "./policyRun";
import { policyNames } from "./policyNames";

/** Reports which exceptions and limits the other policies applied, and which exceptions are no longer needed. */
export const toleratedPolicy = (run: PolicyRun): StackValidationPolicy => ({
  name: policyNames.tolerated,
  displayName: "Organization conformance pack: tolerated",
  description: "Checks that no exception, limit or wait applies to an organization conformance pack.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, reportViolation) => {
    const hasSettled = (of: string): boolean =>
      resources.some((resource) => {
        const reading = resource.urn === of ? run.read(resource) : undefined;
        return reading?.kind === "status" && !reading.isAwaited;
      });
    for (const [urn, sentences] of run.notices.take(hasSettled)) {
      reportViolation(noticeLines(sentences), urn || undefined);
    }
  },
});
