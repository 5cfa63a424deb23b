import type { PackStatus } from "../status/packStatus";
import type { Reason } from "../status/reasons";
import type { Verdict } from "../status/verdict";

/** A gate's decision on a status, and its reasons. */
export interface GateDecision {
  /** `PASSED` when the gate opens. */
  readonly verdict: Verdict;
  /** The reasons that keep the gate closed, and remarks. */
  readonly reasons: readonly Reason[];
  /** Failures that are accepted, and the exception or limit that covers each: a sentence each. */
  readonly tolerated: readonly string[];
  /** Exceptions that match nothing, and what passes with a warning: a sentence each. */
  readonly warnings: readonly string[];
}

/** A decision, and the part of the status that no exception covers. */
export interface DetailedDecision extends GateDecision {
  /** The status without the rows that exceptions and limits cover. */
  readonly remaining: PackStatus;
}
