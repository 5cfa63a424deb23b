import type { FoundStatus, Toleration } from "../core/statusFile/statusFile";
import { type KnownPlace, type Outcome, placesOf } from "./places";

/** An account in a region as one flat row: a row of AWS's, or an account that is missing. */
export interface AccountRow {
  readonly accountId: string;
  readonly accountName?: string;
  readonly region: string;
  readonly outcome: Outcome;
  /** AWS's word; absent where AWS shows no row. */
  readonly status?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly lastUpdateTime?: string;
  /** Why a missing account is missing, or an unexpected one should have no row. */
  readonly cause?: string;
  readonly tolerated?: Toleration;
  /** Who owns the account, where the lookup read it. */
  readonly owner?: string;
  /** The places of its causes in the status file's `causes`. */
  readonly causes: readonly number[];
}

/** All rows of a status, sorted by account, then region. */
export function accountRows(file: FoundStatus): readonly AccountRow[] {
  return placesOf(file).map(rowOf);
}

function rowOf(place: KnownPlace): AccountRow {
  const { accountId, accountName, causes, member, missing, outcome, owner, region, tolerated, unexpected } = place;
  const cause = missing?.cause ?? unexpected;
  return {
    accountId,
    ...(accountName !== undefined && { accountName }),
    region,
    outcome,
    ...(member && {
      status: member.status,
      ...(member.errorCode !== undefined && { errorCode: member.errorCode }),
      ...(member.errorMessage !== undefined && { errorMessage: member.errorMessage }),
      ...(member.lastUpdateTime !== undefined && { lastUpdateTime: member.lastUpdateTime }),
    }),
    ...(cause !== undefined && { cause }),
    ...(tolerated && { tolerated }),
    ...(owner !== undefined && { owner }),
    causes,
  };
}
