import { OrgConformanceError } from "../errors";
import type { ListingProblem } from "../status/packListing";
import type { PackStatus } from "../status/packStatus";
import { ruleOf } from "../status/reasons";
import { neededExceptions } from "./decide";
import { matchesNothing } from "./exceptions";
import { Outages } from "./outages";
import type { Tolerance, ToleratedAccount } from "./tolerance";

/** The exceptions of one list for all packs, pack by pack. */
export interface ToleranceOfEach {
  /** The exceptions without those that only other packs need, which this one would ask to remove. */
  readonly of: (status: PackStatus) => Tolerance | undefined;
  /** A sentence for each exception that no pack needs. Empty while a pack or a region is not read: it may be needed there. */
  readonly unused: readonly string[];
}

/**
 * @param outcomes - The end of each lookup: a status or an error.
 * @param problems - The doubts about which packs there are.
 * @param now - The time by which exceptions expire.
 */
export function toleranceOfEach(
  tolerate: Tolerance | undefined,
  outcomes: readonly (PackStatus | OrgConformanceError)[],
  problems: readonly ListingProblem[],
  now = new Date(),
): ToleranceOfEach {
  if (tolerate === undefined) return { of: () => undefined, unused: [] };
  const statuses = outcomes.flatMap((outcome) => (outcome instanceof OrgConformanceError ? [] : [outcome]));
  const needs = new Map(statuses.map((status) => [status, neededExceptions(status, tolerate, now)]));
  const isUnread =
    statuses.length < outcomes.length ||
    statuses.some(hasUnreadRegion) ||
    problems.some(({ code }) => code === "regionUnlisted" || code === "packAppeared");
  const allNeeded = new Set([...needs.values()].flatMap((each) => [...each]));
  return {
    of: (status) => withOnly(tolerate, status, needs.get(status) ?? new Set()),
    unused: isUnread ? [] : unusedIn(tolerate, allNeeded, now),
  };
}

type Needed = ReturnType<typeof neededExceptions>;

function withOnly(tolerate: Tolerance, status: PackStatus, needed: Needed): Tolerance {
  const { accounts = [], organizationalUnits = [], unanswered, ...others } = tolerate;
  const [ownAccounts, ownUnits] = [
    accounts.filter((exception) => needed.has(exception)),
    organizationalUnits.filter((exception) => needed.has(exception)),
  ];
  return {
    ...(ownAccounts.length > 0 && { accounts: ownAccounts }),
    ...(ownUnits.length > 0 && { organizationalUnits: ownUnits }),
    ...others,
    // Where a region refuses, the reason says that break glass does not cover it.
    ...(unanswered && hasUnreadRegion(status) && { unanswered }),
  };
}

function hasUnreadRegion({ reasons }: PackStatus): boolean {
  return reasons.some((reason) => ruleOf(reason).liftedBy.includes("unanswered"));
}

function unusedIn({ accounts = [], organizationalUnits = [], unanswered }: Tolerance, needed: Needed, now: Date) {
  const isCovered = ({ accountId }: ToleratedAccount): boolean =>
    accounts.some((other) => other.accountId === accountId && needed.has(other));
  return [
    ...accounts
      .filter((exception) => !needed.has(exception))
      .map((exception) =>
        matchesNothing(
          exception,
          isCovered(exception) ? "another exception covers the account already" : "no pack needs it",
          now,
        ),
      ),
    ...organizationalUnits
      .filter((exception) => !needed.has(exception))
      .map((exception) =>
        matchesNothing(exception, "no pack needs it, or other exceptions cover the accounts in it", now),
      ),
    ...new Outages([], unanswered, now).unused([]),
  ];
}
