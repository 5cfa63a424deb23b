import type { Tolerance } from "./tolerance";

/** The values of `GateArgs.failOn`. */
export const failOnValues = ["never", "failed", "notPassed"] as const;
export type FailOn = (typeof failOnValues)[number];

/** The limits of a wait for a pack. */
export interface WaitForSettled {
  /** Seconds until the wait ends. Default 1800: AWS takes minutes for a pack in hundreds of accounts. */
  readonly timeoutSeconds?: number;
  /** Seconds between two looks, give or take a fifth. Default 15. */
  readonly pollSeconds?: number;
}

/** The arguments of the resource that are not about the lookup. */
export interface GateArgs {
  /**
   * The verdicts at which the resource itself fails; what is excepted does not count.
   * - `never`.
   * - `failed`: when an account or the pack failed, or a region did not answer.
   * - `notPassed`: whenever the verdict is not `PASSED`.
   *
   * Default `never`; with `waitForSettled`, `notPassed`: policies judge before the wait.
   */
  readonly failOn?: FailOn;
  /** The exceptions, for `failOn` and for policies that have no `tolerate` of their own. */
  readonly tolerate?: Tolerance;
  /**
   * Wait in the update until the pack has settled: no row is in progress, no expected account is missing, and AWS's
   * status of the whole pack agrees. For packs that the same update puts. Default `false`.
   */
  readonly waitForSettled?: boolean | WaitForSettled;
  /**
   * What the pack is made of, for example its template. When one of these changes, the update is about to put the pack:
   * the preview does not judge how it was before, and the update judges how it is then.
   */
  readonly triggers?: readonly unknown[] | string;
}
