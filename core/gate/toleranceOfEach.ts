import { OrgConformanceError } from "../errors";
import type { ListingProblem } from "../status/packListing";
import type { PackStatus } from "../status/packStatus";
import { ruleOf } from "../status/reasons";
import { neededExceptions } from "./decide";
import { matchesNothing } from "./exceptions";
import { Silences } from "./silences";
import type { Tolerance } from "./tolerance";

/** The exceptions of one list for all packs, pack by pack. */
export interface ToleranceOfEach {
  /** The exceptions without those that only other packs need, which this one would ask to remove. */
  readonly of: (status: PackStatus) => Tolerance | undefined;
  /** A sentence for each exception that no pack needs. Empty while a pack can't be read: that one may need it. */
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
  const areAllRead = statuses.length === outcomes.length && problems.length === 0;
  return {
    of: (status) => withOnly(tolerate, status, needs.get(status) ?? new Set()),
    unused: areAllRead
      ? unusedIn(tolerate, statuses, new Set([...needs.values()].flatMap((each) => [...each])), now)
      : [],
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
    // A region that refuses says that it is not for it.
    ...(unanswered && mayLift(status) && { unanswered }),
  };
}

function mayLift({ reasons }: PackStatus): boolean {
  return reasons.some((reason) => ruleOf(reason).liftedBy.includes("unanswered"));
}

function unusedIn(tolerate: Tolerance, statuses: readonly PackStatus[], needed: Needed, now: Date): string[] {
  const { accounts = [], organizationalUnits = [], unanswered } = tolerate;
  const all = {
    reasons: statuses.flatMap(({ reasons }) => reasons),
    regions: statuses.flatMap(({ regionStatuses }) => regionStatuses),
  };
  return [
    ...[...accounts, ...organizationalUnits]
      .filter((exception) => !needed.has(exception))
      .map((exception) => matchesNothing(exception, "no pack needs it", now)),
    ...new Silences(all.regions, unanswered, now).unused(all.reasons),
  ];
}
