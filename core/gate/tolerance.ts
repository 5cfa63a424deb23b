import { isInForce, type ToleratedSilence } from "./silence";

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
  readonly unanswered?: ToleratedSilence;
}

/** True if a gate opens. Without a setting, it stays closed. */
export function opens(handling: Handling = "refuse"): boolean {
  return handling !== "refuse";
}

/** The sentence for a reason that `setting` excuses. */
export function passesBy(setting: "inProgress" | "noSuchPack", handling: Handling | undefined): string {
  return `${handling === "allow" ? "Allowed by" : "It passes with a warning because of"} tolerate.${setting}.`;
}

/**
 * The options of a lookup that follow from the gate's exceptions: what would be an error is a reason where it may pass, and
 * the organizational units are read.
 */
export function lookupFor(tolerate: Tolerance = {}, now = new Date()) {
  return {
    tolerate,
    noSuchPackIsReason: opens(tolerate.noSuchPack),
    unitIds: (tolerate.organizationalUnits ?? []).map(({ id }) => id),
    unansweredIsReason: tolerate.unanswered !== undefined && isInForce(tolerate.unanswered, now),
  };
}
