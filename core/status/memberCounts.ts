import type { MemberStatus } from "./memberStatus";
import { type MemberOutcome, outcomeOf } from "./detailedStatus";

/** Numbers of rows by outcome. With several regions, an account has a row in each. */
export interface MemberCounts {
  /** All rows, also those of former members. */
  readonly total: number;
  /** Rows that are `CREATE_SUCCESSFUL` or `UPDATE_SUCCESSFUL`. */
  readonly successful: number;
  /** Rows that are `CREATE_FAILED`, `UPDATE_FAILED` or `DELETE_FAILED`. */
  readonly failed: number;
  /** Rows that are `CREATE_IN_PROGRESS`, `UPDATE_IN_PROGRESS` or `DELETE_IN_PROGRESS`. */
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
