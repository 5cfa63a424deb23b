import * as pulumi from "@pulumi/pulumi";
import { sanitize } from "../../core/text/sanitize";
import { type GateArgs } from "../../core/gate/gateArgs";
import type { GateDecision } from "../../core/gate/decision";

/** A gate, and those of its arguments that it was given: also by a transformation. */
type Gate = pulumi.CustomResource & { readonly decision: pulumi.Output<GateDecision> } & {
  readonly [K in "failOn" | "waitForSettled"]?: pulumi.Output<GateArgs[K]>;
};

/**
 * Warns, on the gate's own row, of a status that has not passed and that the resource does not refuse because `failOn` is
 * not set. A program can't see whether a policy pack runs, so the text must be true with one too. It does not name the
 * pack: the name may be a secret.
 */
export function warnUnlessJudged(gate: Gate): void {
  pulumi.all([gate.decision, gate.failOn, gate.waitForSettled]).apply(async ([decision, failOn, wait]) => {
    // Mocks may have no decision. A gate that waits refuses by default.
    const verdict = (decision as GateDecision | undefined)?.verdict ?? "PASSED";
    if (verdict === "PASSED" || failOn !== undefined || wait) return;
    await pulumi.log.warn(
      [
        `The pack is ${verdict}${whyOf(decision)} This resource does not refuse it by itself, because failOn is not set; the policy pack does, if this run has it.`,
        'Next: without the policy pack, add it (--policy-pack), or set failOn to "failed" or "notPassed". To accept the status without this warning, set failOn to "never".',
      ].join("\n"),
      gate,
    );
  });
}

/** Mocks may leave out the reasons. */
function whyOf({ reasons }: Partial<GateDecision>): string {
  const first = reasons?.[0];
  // The messages of these two name the pack.
  if (first?.code === "noSuchPack") return ` because ${first.region ?? "a region"} has no such pack.`;
  if (first?.code === "regionUnanswered") return ` because ${first.region ?? "a region"} did not answer.`;
  return first?.message === undefined ? "." : `: ${sanitize(first.message, 1_000)}`;
}
