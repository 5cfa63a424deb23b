import { isInForce, type ToleratedOutage } from "./toleratedOutage";

/** The values of `Handling`. */
export const handlings = ["allow", "warn", "refuse"] as const;
/** The handling of what is not a pass: the gate opens, opens with a warning, or stays closed. */
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

/** The same for all accounts in an organizational unit, and in units inside it. */
export interface ToleratedUnit extends Omit<ToleratedAccount, "accountId"> {
  /** `ou-…`, or `r-…` for a root. */
  readonly id: string;
}

/**
 * The exceptions of a gate. They change what the gate does, never the rows or the verdict that are shown. No exception
 * covers a region that refuses to answer, a pack that is being deleted, or an aggregate that failed over healthy rows.
 */
export interface Tolerance {
  /** Exceptions for single accounts. */
  readonly accounts?: readonly ToleratedAccount[];
  /** Exceptions for the accounts of organizational units. The lookup reads which accounts these are. */
  readonly organizationalUnits?: readonly ToleratedUnit[];
  /** The number of accounts that may have failed, without excepted ones. With `maxFailedPercent`, both must hold. */
  readonly maxFailedAccounts?: number;
  /** The percentage of all member accounts that may have failed, 0 to 100. Excepted ones don't count as failed. */
  readonly maxFailedPercent?: number;
  /** Handling of a pack that is in progress; stuck rows always keep the gate closed. Default `refuse`. */
  readonly inProgress?: Handling;
  /** Handling of a pack that AWS does not know in a region. A misspelled name then passes too. Default `refuse`. */
  readonly noSuchPack?: Handling;
  /**
   * Break glass: for at most 24 hours, excuses regions that AWS does not answer for. Nothing is known of their accounts then.
   * A region that refuses, for example because of a denied access, still keeps the gate closed.
   */
  readonly unanswered?: ToleratedOutage;
}

/** True if a gate opens. Without a setting, it stays closed. */
export function opens(handling: Handling = "refuse"): boolean {
  return handling !== "refuse";
}

/** The sentence for a reason that `setting` excuses. */
export function passesBy(setting: "inProgress" | "noSuchPack", handling: Handling | undefined): string {
  return `${handling === "allow" ? "Allowed by" : "It passes with a warning because of"} tolerate.${setting}.`;
}

/** The part of a lookup that the gate's exceptions decide. */
export interface LookupNeeds {
  /** True if a pack that no region knows may pass: it is a reason then, not an error. */
  readonly noSuchPackIsReason: boolean;
  /** True if a pack for which AWS answers in no region may pass. A refusal, such as a denied access, never may. */
  readonly outageIsReason: boolean;
  /** The organizational units whose accounts are read. */
  readonly unitIds: readonly string[];
}

/** @param now - The time by which `unanswered` expires. */
export function lookupNeedsOf(tolerate: Tolerance = {}, now = new Date()): LookupNeeds {
  const { noSuchPack, organizationalUnits = [], unanswered } = tolerate;
  return {
    noSuchPackIsReason: opens(noSuchPack),
    outageIsReason: isInForce(unanswered, now),
    unitIds: organizationalUnits.map(({ id }) => id),
  };
}
