import { allPacksName, PackListError } from "../errors";
import type { ListingProblem } from "../status/packListing";
import { sanitize } from "../text/sanitize";
import { isInForce } from "./silence";
import { opens, type Tolerance } from "./tolerance";

/** A gate's decision on the doubts about which packs there are. */
export interface ListingDecision {
  /** Those that keep the gate closed. */
  readonly problems: readonly ListingProblem[];
  /** A sentence for each that passes, and the setting that lets it. */
  readonly notices: readonly string[];
}

/**
 * Decides on a list of packs, as `decide` does on each of them: `noSuchPack` lets a region without packs and a pack that
 * vanished pass, `unanswered` a region that gives no answer. That there is no pack at all never passes.
 *
 * @param now - The time by which exceptions expire.
 */
export function decideListing(
  problems: readonly ListingProblem[],
  { noSuchPack, unanswered }: Tolerance = {},
  now = new Date(),
): ListingDecision {
  const isBroken = unanswered !== undefined && isInForce(unanswered, now);
  const left: ListingProblem[] = [];
  const notices: string[] = [];
  for (const problem of problems) {
    const { code, isOutage, message } = problem;
    if (opens(noSuchPack) && (code === "regionWithoutPacks" || code === "packVanished")) {
      notices.push(
        `${message} ${noSuchPack === "allow" ? "It is allowed" : "It passes with a warning"}, by noSuchPack.`,
      );
    } else if (isBroken && code === "regionUnlisted" && isOutage) {
      notices.push(
        `${message} It passes until ${unanswered.expires}, by unanswered: ${sanitize(unanswered.reason, 200)}`,
      );
    } else left.push(problem);
  }
  return { problems: left, notices };
}

/** The doubts that keep the gate closed as the error of a lookup; `undefined` when there are none. */
export function listingError(problems: readonly ListingProblem[]): PackListError | undefined {
  const [first, ...others] = problems;
  if (!first) return undefined;
  return new PackListError({
    packName: allPacksName,
    region: first.region,
    problem: first.message,
    nextStep: first.nextStep,
    elsewhere: others.map(({ message, nextStep }) => `${message} ${nextStep}`),
  });
}
