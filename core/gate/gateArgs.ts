import type { Tolerance } from "./tolerance";

/** The values of `GateArgs.failOn`. */
export const failOnValues = ["never", "failed", "notPassed"] as const;
/** When the resource itself refuses: never, for failures, or whenever the verdict is not `PASSED`. */
export type FailOn = (typeof failOnValues)[number];

/** Limits of a wait for a pack. */
export interface WaitForSettled {
  /** The time limit of the wait, in seconds. Default 1800: AWS takes minutes for a pack in hundreds of accounts. */
  readonly timeoutSeconds?: number;
  /** Pause between two readings, give or take a fifth. Default 15. */
  readonly pollSeconds?: number;
}

/** The limits of a wait that sets none. */
export const waitDefaults = { timeoutSeconds: 1_800, pollSeconds: 15 } as const satisfies WaitForSettled;

/** The arguments of the resource that are not about the lookup. */
export interface GateArgs {
  /**
   * When the resource itself refuses, after exceptions.
   * - `never`: it refuses nothing.
   * - `failed`: when an account or the pack failed, a region did not answer, or a status is unknown. `statuses` must have
   *   each `*_FAILED` then.
   * - `notPassed`: whenever the verdict is not `PASSED`.
   *
   * Default `never`; with `waitForSettled`, `notPassed`: policies judge before the wait.
   */
  readonly failOn?: FailOn;
  /** The exceptions, for `failOn` and for policies that have no `tolerate` of their own. */
  readonly tolerate?: Tolerance;
  /**
   * Waits in the update until the pack has settled: no row is in progress, no expected account is missing, and AWS's
   * status of the whole pack agrees. For packs that the same update puts. Default `false`.
   */
  readonly waitForSettled?: boolean | WaitForSettled;
  /**
   * The values that the pack is made of, for example its template. When one of them changes, the update is about to put the
   * pack: the preview does not judge the pack as it is, and the update judges it after the put.
   */
  readonly triggers?: readonly unknown[] | string;
}
