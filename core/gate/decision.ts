import type { PackStatus } from "../status/packStatus";
import type { Reason } from "../status/reasons";
import type { Verdict } from "../status/verdict";

/** The decision of a gate on a status, and the reasons for it. */
export interface GateDecision {
  /** `PASSED`: the gate opens. The status passes, or everything that keeps it from passing is excepted. */
  readonly verdict: Verdict;
  /** The reasons that keep the gate closed, and remarks. */
  readonly reasons: readonly Reason[];
  /** The exceptions, limits and settings that were used, and for what: a sentence each. */
  readonly tolerated: readonly string[];
  /** Exceptions that match nothing, and whatever passes with a warning: a sentence each. */
  readonly warnings: readonly string[];
}

/** A decision, and the part of the status that no exception covers. */
export interface DetailedDecision extends GateDecision {
  readonly remaining: PackStatus;
}
