import type { MemberStatus } from "./memberStatus";
import { type MemberOutcome, outcomeOf } from "./detailedStatus";

/** The number of rows by outcome. With several regions, an account has a row in each. */
export interface MemberCounts {
  /** All rows, those of former members too. */
  readonly total: number;
  /** Rows that are `*_SUCCESSFUL`, except for `DELETE_SUCCESSFUL`. */
  readonly successful: number;
  /** Rows that are `*_FAILED`. */
  readonly failed: number;
  /** Rows that are `*_IN_PROGRESS`. */
  readonly inProgress: number;
  /** Rows that are `DELETE_SUCCESSFUL`: former members. */
  readonly deleted: number;
  /** Rows with a status that this version does not know. */
  readonly unrecognized: number;
}

/** The rows by the meaning of their status. */
export type MembersByOutcome = Readonly<Record<MemberOutcome, readonly MemberStatus[]>>;

export function byOutcome(members: Iterable<MemberStatus>): MembersByOutcome {
  const rows: Record<MemberOutcome, MemberStatus[]> = {
    failed: [],
    inProgress: [],
    unrecognized: [],
    deleted: [],
    successful: [],
  };
  for (const member of members) rows[outcomeOf(member.status)].push(member);
  return rows;
}

export function countsOf({ deleted, failed, inProgress, successful, unrecognized }: MembersByOutcome): MemberCounts {
  return {
    total: successful.length + failed.length + inProgress.length + deleted.length + unrecognized.length,
    successful: successful.length,
    failed: failed.length,
    inProgress: inProgress.length,
    deleted: deleted.length,
    unrecognized: unrecognized.length,
  };
}
