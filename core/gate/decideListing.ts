import { allPacksName, PackListError } from "../errors";
import type { RegionEvidence } from "../status/evidence";
import { judge } from "../status/judge";
import type { ListingProblem } from "../status/packListing";
import type { PackStatus } from "../status/packStatus";
import { decide } from "./decide";
import { isInForce } from "./toleratedOutage";
import { opens, passesBy, type Tolerance } from "./tolerance";

/** A gate's decision on the doubts about which packs there are. */
export interface ListingDecision {
  /** Those that keep the gate closed. */
  readonly problems: readonly ListingProblem[];
  /** A sentence for each that passes, and the setting that lets it. */
  readonly notices: readonly string[];
  /**
   * The status of the regions that do not list their packs, where `unanswered` is in force. It is decided on as that of a
   * pack is, and reported as one: else nothing would say so. Absent when each region lists its packs.
   */
  readonly unlisted?: PackStatus;
}

/**
 * Decides on a list of packs, as `decide` does on each of them: `noSuchPack` excuses a region without packs and a pack that
 * vanished, `unanswered` a region that gives no answer. That there is no pack at all never passes.
 *
 * @param now - The time by which exceptions expire.
 */
export function decideListing(
  problems: readonly ListingProblem[],
  { noSuchPack, unanswered }: Tolerance = {},
  now = new Date(),
): ListingDecision {
  const isOutageExcused = isInForce(unanswered, now);
  const left: ListingProblem[] = [];
  const notices: string[] = [];
  const silent: RegionEvidence[] = [];
  for (const problem of problems) {
    const { code, isOutage, message, nextStep, region } = problem;
    if (opens(noSuchPack) && (code === "regionWithoutPacks" || code === "packVanished")) {
      notices.push(`${message} ${passesBy("noSuchPack", noSuchPack)}`);
    } else if (isOutageExcused && code === "regionUnlisted" && isOutage && region !== undefined) {
      silent.push({ region, failure: { code: "regionUnanswered", message, isOutage, nextStep } });
    } else left.push(problem);
  }
  return { problems: left, notices, ...(silent.length > 0 && { unlisted: statusOf(silent) }) };
}

/** The exceptions that are about a list of packs. */
export function listingTolerance({ noSuchPack, unanswered }: Tolerance = {}): Tolerance {
  return { ...(noSuchPack && { noSuchPack }), ...(unanswered && { unanswered }) };
}

function statusOf(regions: readonly RegionEvidence[]): PackStatus {
  return { name: allPacksName, regions: regions.map(({ region }) => region), ...judge({ regions, members: [] }) };
}

/**
 * The doubts that keep the gate closed as the error of a lookup; `undefined` when there are none. The error says too what
 * `unanswered` excuses: one file is about the list, and nobody would see it there.
 */
export function listingError(
  { problems, unlisted }: ListingDecision,
  tolerate?: Tolerance,
  now = new Date(),
): PackListError | undefined {
  const [first, ...others] = problems;
  if (!first) return undefined;
  const passing = unlisted ? decide(unlisted, listingTolerance(tolerate), now).warnings : [];
  return new PackListError({
    packName: allPacksName,
    region: first.region,
    problem: first.message,
    nextStep: first.nextStep,
    elsewhere: [...others.map(({ message, nextStep }) => `${message} ${nextStep}`), ...passing],
  });
}
