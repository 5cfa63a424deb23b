import { type MemberOutcome, outcomeOf } from "../status/detailedStatus";
import type { PackStatus } from "../status/packStatus";
import { placeKey } from "../status/place";
import type { Tolerations } from "./tolerations";

/**
 * Numbers of accounts by their worst row, in all regions: each account counts once. Where a lookup left rows out
 * (`detail: "unsuccessful"`, `statuses`), only the accounts that were read count.
 */
export interface AccountCounts {
  /** Accounts that are members or are missing, without former members. */
  readonly total: number;
  /** Accounts all of whose rows are successful. */
  readonly successful: number;
  readonly failed: number;
  /** Accounts in progress, also the stuck ones. */
  readonly inProgress: number;
  readonly stuck: number;
  readonly missing: number;
  readonly unrecognized: number;
  /** Accounts in trouble that do not keep the gate closed. They count above, too. */
  readonly tolerated: number;
}

/** The states of an account, the best first. `deleted`: a former member. */
const states = ["deleted", "successful", "unrecognized", "missing", "inProgress", "stuck", "failed"] as const;
type State = (typeof states)[number];

/** Counts the accounts of a status. */
export function accountCountsOf(
  { members, missing, stuck }: Pick<PackStatus, "members" | "missing" | "stuck">,
  tolerations: Tolerations,
): AccountCounts {
  const isStuck = new Set(stuck.map(placeKey));
  const ofAccounts = new Map<string, { state: State; isTolerated: boolean }>();
  const add = (accountId: string, state: State, isTolerated: boolean): void => {
    const known = ofAccounts.get(accountId);
    // A row that is well keeps no gate closed, and is no trouble that could be tolerated.
    const isFine = state === "successful" || state === "deleted";
    if (!known) ofAccounts.set(accountId, { state, isTolerated: isFine || isTolerated });
    else {
      if (states.indexOf(state) > states.indexOf(known.state)) known.state = state;
      known.isTolerated &&= isFine || isTolerated;
    }
  };
  for (const member of members) {
    const key = placeKey(member);
    const outcome: MemberOutcome = outcomeOf(member.status);
    add(member.accountId, isStuck.has(key) ? "stuck" : outcome, tolerations.members.has(key));
  }
  for (const account of missing) add(account.accountId, "missing", tolerations.missing.has(placeKey(account)));

  const numbers: Record<State, number> = {
    deleted: 0,
    successful: 0,
    unrecognized: 0,
    missing: 0,
    inProgress: 0,
    stuck: 0,
    failed: 0,
  };
  let tolerated = 0;
  for (const { isTolerated, state } of ofAccounts.values()) {
    numbers[state] += 1;
    if (isTolerated && state !== "successful" && state !== "deleted") tolerated += 1;
  }
  const { deleted, failed, inProgress, missing: absent, stuck: stuckOnes, successful, unrecognized } = numbers;
  return {
    total: ofAccounts.size - deleted,
    successful,
    failed,
    inProgress: inProgress + stuckOnes,
    stuck: stuckOnes,
    missing: absent,
    unrecognized,
    tolerated,
  };
}
