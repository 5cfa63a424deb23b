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
    const why = sanitize(decision.reasons[0]?.message ?? "", 1_000);
    await pulumi.log.warn(
      `The pack is ${verdict}: ${why} This resource does not refuse it by itself, because failOn is not set.\nNext: run Pulumi with the policy pack (--policy-pack), or set failOn to "failed" or "notPassed". To accept it without this warning, set failOn to "never".`,
      gate,
    );
  });
}
