import type { PackStatus } from "../status/packStatus";
import { ruleOf } from "../status/reasons";
import { notPassed } from "../status/verdict";
import { decide } from "./decide";
import { type GateArgs } from "./gateArgs";
import { report } from "./report";
import { isSettled } from "./settled";

/** Introduces what is known of a pack in a preview whose update waits for it. */
export const awaitedSentence =
  "The pack has not settled yet: the update waits for it and judges it then (waitForSettled). As it is now:";

/** The `failOn` that holds: a gate that waits refuses by default. */
function heldFailOn({ failOn, waitForSettled }: GateArgs): NonNullable<GateArgs["failOn"]> {
  return failOn ?? (waitForSettled ? "notPassed" : "never");
}

/** True if the update waits for the pack to settle, and the gate then opens only for a pass. */
export function isAwaited(args: GateArgs, status: PackStatus, now = new Date()): boolean {
  const { tolerate, waitForSettled } = args;
  return Boolean(waitForSettled) && heldFailOn(args) === "notPassed" && !isSettled(status, tolerate, now);
}

/** The report with which `failOn` refuses the status; `undefined` when it does not. */
export function refusalOf(args: GateArgs, status: PackStatus, now = new Date()): string | undefined {
  const refuses = heldFailOn(args);
  if (refuses === "never") return undefined;
  const { remaining } = decide(status, args.tolerate, now);
  if (refuses === "notPassed") return report(remaining, notPassed);
  const reasons = remaining.reasons.filter(
    (reason) => ["FAILED", "PASSED"].includes(reason.verdict) || ruleOf(reason).mayHideFailure,
  );
  return report({ ...remaining, reasons }, notPassed);
}
