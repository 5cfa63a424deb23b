import { isSettled } from "./isSettled";
import type { PackStatus } from "../status/packStatus";
import { report } from "./report";
import { decide, type Tolerance, toleranceCheck } from "./tolerance";
import { notPassed } from "../status/verdict";
import { amount, boolean, type Check, either, oneOf, record, shown } from "../checks/validation";

/** When the resource itself refuses; `GateArgs.failOn` says what each means. */
export const failOnValues = ["never", "failed", "notPassed"] as const;
/** When the resource itself refuses; `GateArgs.failOn` says what each means. */
export type FailOn = (typeof failOnValues)[number];

/** How long to wait for a pack, and how often to look. */
export interface WaitForSettled {
  /** Default 1800: AWS takes minutes for a pack in hundreds of accounts. */
  readonly timeoutSeconds?: number;
  /** Between two looks, give or take a fifth. Default 15. */
  readonly pollSeconds?: number;
}

/** What the resource takes beside the arguments of the lookup. */
export interface GateArgs {
  /**
   * When the resource itself refuses: `never`, `failed` when an account or the pack failed, or a region did not answer,
   * `notPassed` whenever the verdict is not `PASSED`; what is tolerated does not count. Default `never`; with `waitForSettled` it is `notPassed`, since a policy
   * is asked before the wait.
   */
  readonly failOn?: FailOn;
  /** What is let pass on purpose, by `failOn`, and by policies that have no `tolerate` of their own. */
  readonly tolerate?: Tolerance;
  /**
   * Wait in the update until the pack has settled: no row in progress, no expected account missing, the aggregate in
   * agreement. For packs that the same update puts. Default `false`.
   */
  readonly waitForSettled?: boolean | WaitForSettled;
  /**
   * What the pack is made of, for example its template. When one of these changes, the update is about to put the pack:
   * the preview does not judge how it stood before, and the update judges how it stands then.
   */
  readonly triggers?: readonly unknown[] | string;
}

/** What is allowed in `GateArgs`. */
export const gateChecks: Readonly<Record<keyof GateArgs, Check>> = {
  failOn: oneOf(failOnValues),
  tolerate: toleranceCheck,
  waitForSettled: either(
    (value) => typeof value === "boolean",
    boolean,
    record({ timeoutSeconds: amount("seconds", 86_400), pollSeconds: amount("seconds", 3_600) }),
  ),
  // `check` has made a digest of a list already.
  triggers: (value, property) =>
    typeof value === "string" || Array.isArray(value) ? [] : [{ property, reason: `${shown(value)} is not a list.` }],
};

/** Whether the update waits for what the status is not yet, and lets nothing but a pass go on then. */
export function isAwaited({ failOn, tolerate, waitForSettled }: GateArgs, status: PackStatus): boolean {
  return Boolean(waitForSettled) && (failOn ?? "notPassed") === "notPassed" && !isSettled(status, tolerate);
}

/** What `failOn` has against the status, for a person. */
export function refusalOf({ failOn, tolerate, waitForSettled }: GateArgs, status: PackStatus): string | undefined {
  const refuses = failOn ?? (waitForSettled ? "notPassed" : "never");
  if (refuses === "never") return undefined;
  const { remaining } = decide(status, tolerate);
  if (refuses === "notPassed") return report(remaining, notPassed);
  // What a silent region hides may be a failure.
  const reasons = remaining.reasons.filter(
    ({ code, verdict }) => verdict === "FAILED" || code === "regionUnanswered" || code === "aggregateDisagrees",
  );
  return report({ ...remaining, reasons }, notPassed);
}
