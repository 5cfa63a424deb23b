import type { AggregateStatus } from "./aggregateStatus";
import type { Expectation } from "./expectation";
import type { MemberStatus } from "./memberStatus";
import type { Reason } from "./reasons";

/** The evidence of one region. */
export interface RegionEvidence {
  readonly region: string;
  readonly aggregate?: AggregateStatus;
  readonly expectation?: Expectation;
  /** The reason why it did not answer. There are no rows of it then. */
  readonly failure?: {
    readonly code: "noSuchPack" | "regionUnanswered";
    readonly message: string;
    /** Set when AWS gave no answer; absent when it refused: access, credentials, an argument. */
    readonly isOutage?: boolean;
    /** The same, with AWS's words. Default: `message`. */
    readonly error?: string;
    readonly requestId?: string;
    readonly nextStep: string;
  };
  /** Set when successful rows were left out of the members: true if at least one was seen. */
  readonly hasSuccessful?: boolean;
}

/** Everything that is known when a pack is judged. */
export interface Evidence {
  readonly regions: readonly RegionEvidence[];
  /** One row an account and region. */
  readonly members: readonly MemberStatus[];
  /** Account names, by account id. */
  readonly accountNames?: ReadonlyMap<string, string>;
  /** Set when only rows with these statuses were read: nothing is known about the others. */
  readonly onlyStatuses?: readonly string[];
  /** Set when only failed and unfinished rows were read: for the others, the aggregate counts. */
  readonly successfulOmitted?: boolean;
  /** Set when only these accounts are judged: the aggregate is about the others too. */
  readonly onlyAccounts?: readonly string[];
  /** Remarks from reading the pages. */
  readonly remarks?: readonly Reason[];
  /** A row that is in progress for longer is stuck. */
  readonly stuckAfterMinutes?: number | undefined;
  /** The moment of the judgement. Default: now. */
  readonly now?: Date;
}
