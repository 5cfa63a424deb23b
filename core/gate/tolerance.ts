/** The ways in which a gate handles something that is not a pass: it opens, opens with a warning, or stays closed. */
export const handlings = ["allow", "warn", "refuse"] as const;
export type Handling = (typeof handlings)[number];

/** An exception: an account whose failures, unfinished rows, unknown statuses or absence keep no gate closed. */
export interface ToleratedAccount {
  /** 12 digits. */
  readonly accountId: string;
  /** Default: every region. */
  readonly regions?: readonly string[];
  /** The reason, and who decided it: shown wherever the exception applies. */
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
  /** The number of accounts that may fail, excepted ones not counted. With `maxFailedPercent`, both must hold. */
  readonly maxFailedAccounts?: number;
  /** The share of all member accounts that may fail, 0 to 100, excepted ones not counted as failed. */
  readonly maxFailedPercent?: number;
  /** The handling of a pack in progress; stuck rows always keep the gate closed. Default `refuse`. */
  readonly inProgress?: Handling;
  /** The handling of a pack that AWS does not know, in one region or in all. A mistyped name then passes too. Default `refuse`. */
  readonly noSuchPack?: Handling;
}

/** True if a gate opens. Without a setting, it stays closed. */
export function opens(handling: Handling = "refuse"): boolean {
  return handling !== "refuse";
}

/** True if a gate opens for a pack that AWS does not know: then a lookup that finds none is not an error. */
export function toleratesNoSuchPack(tolerate: Tolerance | undefined): boolean {
  return opens(tolerate?.noSuchPack);
}
