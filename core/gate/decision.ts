import type { PackStatus } from "../status/packStatus";
import type { Reason } from "../status/reasons";
import type { Verdict } from "../status/verdict";

/** What a gate does with a status, and why. */
export interface GateDecision {
  /** `PASSED`: only what is excepted keeps the status from passing. */
  readonly verdict: Verdict;
  /** What keeps the gate closed, and remarks. */
  readonly reasons: readonly Reason[];
  /** What does not keep it closed, and by which exception or limit: a sentence each. */
  readonly tolerated: readonly string[];
  /** What to look at: exceptions that match nothing, and what passes with a warning. A sentence each. */
  readonly warnings: readonly string[];
}

/** A decision, and the part of the status that no exception covers. */
export interface DetailedDecision extends GateDecision {
  /** The status without the rows and reasons that are excepted: what a report shows. */
  readonly remaining: PackStatus;
}
