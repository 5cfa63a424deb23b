/** What a gate does with something that is not a pass: opens, opens with a warning, or stays closed. */
export const handlings = ["allow", "warn", "refuse"] as const;
/** What a gate does with something that is not a pass. */
export type Handling = (typeof handlings)[number];

/** An exception: an account whose failures, unfinished rows, unknown statuses or absence keep no gate closed. */
export interface ToleratedAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** Default: every region. */
  readonly regions?: readonly string[];
  /** Why, and who decided it: shown wherever the exception applies. */
  readonly reason: string;
  /** The last day, UTC, as `YYYY-MM-DD`. Default: it does not expire. */
  readonly expires?: string;
}

/**
 * The exceptions of a gate. They change what the gate does, never the rows or the verdict that are shown. No exception
 * covers a region that does not answer, a pack that is being deleted, or an aggregate that failed over healthy rows.
 */
export interface Tolerance {
  /** Exceptions for single accounts. */
  readonly accounts?: readonly ToleratedAccount[];
  /** How many accounts may have failed, excepted ones not counted. With `maxFailedPercent`, both must hold. */
  readonly maxFailedAccounts?: number;
  /** What share of all member accounts may have failed, 0 to 100, excepted ones not counted as failed. */
  readonly maxFailedPercent?: number;
  /** What to do while the pack is in progress; stuck rows always keep the gate closed. Default `refuse`. */
  readonly inProgress?: Handling;
  /** What to do when AWS knows no such pack, in one region or in all. A mistyped name then passes too. Default `refuse`. */
  readonly noSuchPack?: Handling;
}

/** Whether a gate opens. Without a setting, it stays closed. */
export function opens(handling: Handling = "refuse"): boolean {
  return handling !== "refuse";
}

/** Whether a gate opens for a pack that AWS does not know: then a lookup that finds none is no error. */
export function toleratesNoSuchPack(tolerate: Tolerance | undefined): boolean {
  return opens(tolerate?.noSuchPack);
}
