import type { AggregateStatus } from "./aggregateStatus";
import type { MemberCounts } from "./memberCounts";
import type { MemberStatus } from "./memberStatus";
import type { MissingAccount } from "./missingAccounts";
import type { Reason } from "./reasons";
import type { UnexpectedMember } from "./unexpectedMembers";
import type { Verdict } from "./verdict";

/** The status of the pack in one region. */
export interface RegionStatus {
  /** For example `us-east-1`. */
  readonly region: string;
  /** Rows by outcome. */
  readonly counts: MemberCounts;
  /** AWS's status of the whole pack there; absent when it was not read, or the region did not answer. */
  readonly aggregate?: AggregateStatus;
  /** The error of a region that did not answer, with AWS's words. */
  readonly error?: string;
  /** AWS's request id of that error, for a support case. */
  readonly requestId?: string;
  /** The next step for that error. */
  readonly nextStep?: string;
  /** Set when AWS gave no answer; absent when it refused. Only then can `tolerate.unanswered` excuse the region. */
  readonly isOutage?: boolean;
}

/** A verdict and everything that explains it. */
export interface Judgement {
  /** The verdict on the rows and AWS's status of the whole pack. */
  readonly verdict: Verdict;
  /** The reasons: the winning one first, then the others that apply, then remarks. */
  readonly reasons: readonly Reason[];
  /** Rows by outcome, over all regions. */
  readonly counts: MemberCounts;
  /** Rows by outcome and AWS's status of the whole pack, for each region. */
  readonly regionStatuses: readonly RegionStatus[];
  /** The worst of the regions' aggregates; absent unless every region gave one. */
  readonly aggregate?: AggregateStatus;
  /** Every row, sorted by account, then region. */
  readonly members: readonly MemberStatus[];
  /** The rows that are `*_FAILED`. */
  readonly failed: readonly MemberStatus[];
  /** The rows that are `*_IN_PROGRESS`. */
  readonly inProgress: readonly MemberStatus[];
  /** The rows that are in progress for longer than `stuckAfterMinutes`; empty when that is not set. */
  readonly stuck: readonly MemberStatus[];
  /** The expected accounts that are not members. */
  readonly missing: readonly MissingAccount[];
  /** The rows of accounts that should have none; empty when nothing is expected. */
  readonly unexpected: readonly UnexpectedMember[];
}
