import type { StackValidationPolicy } from "@pulumi/policy";
import { plural } from "../core/text/plural";
import type { PolicyRun } from "./policyRun";

const shown = 20;

/** Reports which exceptions and limits the other policies applied, and which exceptions are no longer needed. */
export const toleratedPolicy = (run: PolicyRun): StackValidationPolicy => ({
  name: "organization-conformance-pack-tolerated",
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
      const more = sentences.length > shown ? [`and ${plural(sentences.length - shown, "more notice")}`] : [];
      reportViolation([...sentences.slice(0, shown), ...more].join("\n"), urn || undefined);
    }
  },
});
