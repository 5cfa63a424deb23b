import type { StackValidationPolicy } from "@pulumi/policy";
import { plural } from "../core/status/verdict";
import { takeNotices } from "./notices";
import { readStatus } from "./readStatus";

const shown = 20;

/** Says what the other policies let pass, by which exception or limit, and which exceptions nothing needs any more. */
export const tolerated: StackValidationPolicy = {
  name: "organization-conformance-pack-tolerated",
  displayName: "Organization conformance pack: tolerated",
  description: "Nothing of an organization conformance pack is let pass by an exception, a limit or a wait.",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, reportViolation) => {
    const hasSettled = (of: string): boolean =>
      resources.some(({ type, props, urn }) => {
        const reading = urn === of ? readStatus(type, props) : undefined;
        return reading?.kind === "status" && !reading.isAwaited;
      });
    for (const [urn, sentences] of takeNotices(hasSettled)) {
      const more = sentences.length > shown ? [`and ${plural(sentences.length - shown, "more notice")}`] : [];
      reportViolation([...sentences.slice(0, shown), ...more].join("\n"), urn || undefined);
    }
  },
};
