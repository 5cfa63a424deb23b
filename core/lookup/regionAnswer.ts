import type { Failure } from "../errors";
import type { AggregateStatus } from "../status/aggregateStatus";
import type { MergedMembers } from "../status/mergeMembers";

/** The answer of one region. */
export interface RegionAnswer {
  readonly rows: MergedMembers;
  readonly aggregate: AggregateStatus | undefined;
  /** The pack's `ExcludedAccounts`; empty when they were not asked for. */
  readonly excluded: readonly string[];
  /** True if there is a successful row in addition to those that were gathered; absent when all were. */
  readonly hasSuccessful?: boolean;
}

/** One region's call, as its errors name it. */
export interface RegionCall {
  readonly packName: string;
  readonly region: string;
  readonly signal: AbortSignal;
}

/** A region that was asked, with its answer, or why there is none. */
export interface AskedRegion {
  readonly region: string;
  readonly answer: RegionAnswer | Failure;
}
