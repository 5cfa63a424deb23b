import type { AggregateStatus } from "./aggregateStatus";
import type { Expectation } from "./expectation";
import type { MemberStatus } from "./memberStatus";
import type { Reason } from "./reasons";

/** The facts about one region. */
export interface RegionEvidence {
  readonly region: string;
  readonly aggregate?: AggregateStatus;
  readonly expectation?: Expectation;
  /** Set when it did not answer: then there are no rows of it. */
  readonly failure?: {
    readonly code: "noSuchPack" | "regionUnanswered";
    readonly message: string;
    /** The same, with AWS's words. Default: `message`. */
    readonly error?: string;
    readonly requestId?: string;
    readonly nextStep: string;
  };
  /** Set when the successful rows were left out of the members: whether there is one. */
  readonly hasSuccessful?: boolean;
}

/** All facts that a judgement is made from. */
export interface Evidence {
  readonly regions: readonly RegionEvidence[];
  /** One row an account and region. */
  readonly members: readonly MemberStatus[];
  /** Account names, by account id. */
  readonly accountNames?: ReadonlyMap<string, string>;
  /** Set when only the rows with these statuses were read: nothing is known of the others. */
  readonly onlyStatuses?: readonly string[];
  /** Set when only failed and unfinished rows were read: for the others, the aggregate counts. */
  readonly successfulOmitted?: boolean;
  /** Set when only these accounts were asked for: the aggregate is about the others too. */
  readonly onlyAccounts?: readonly string[];
  /** Remarks about the reading itself, for example rows that changed meanwhile. */
  readonly remarks?: readonly Reason[];
  /** A row that is in progress for longer is stuck. */
  readonly stuckAfterMinutes?: number | undefined;
  /** The time by which a row is stuck. Default: now. */
  readonly now?: Date;
}
