import * as pulumi from "@pulumi/pulumi";
import type { GateArgs } from "../../core/gate/gateArgs";
import type { GateDecision } from "../../core/gate/decision";
import { unjudgedWarning } from "../../provider/unjudgedWarning";

/** A gate, and those of its arguments that it was given: also by a transformation. */
type Gate = pulumi.CustomResource & { readonly decision: pulumi.Output<GateDecision> } & {
  readonly [K in "failOn" | "waitForSettled"]?: pulumi.Output<GateArgs[K]>;
};

/** Warns, on the gate's own row, of a status that has not passed and that the resource does not refuse. */
export function warnUnlessJudged(gate: Gate): void {
  pulumi.all([gate.decision, gate.failOn, gate.waitForSettled]).apply(async ([decision, failOn, waitForSettled]) => {
    const warning = unjudgedWarning(decision, { failOn, waitForSettled });
    if (warning !== undefined) await pulumi.log.warn(warning, gate);
  });
}
