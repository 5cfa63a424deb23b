import { borrowConfigClient } from "../aws/configClient";
import type { AwsSettings } from "../aws/settings";
import { visiblePackNames } from "../aws/visiblePackNames";
import {
  allPacksName,
  Failure,
  isOutage,
  NoSuchOrganizationConformancePackError,
  OrgConformanceError,
  summaryOf,
} from "../errors";
import { lookupNeedsOf } from "../gate/tolerance";
import type { ListingProblem } from "../status/packListing";
import type { PackStatus } from "../status/packStatus";
import type { PackStatusArgs } from "../status/packStatusArgs";
import type { GatherOptions } from "./gatherOptions";
import { gatherPackStatus } from "./gatherPackStatus";
import { settingsFor } from "./lookupArgs";
import { type Failures, lookupError } from "./lookupError";
import { lookupRegions } from "./lookupRegions";
import { defaultTimeoutSeconds, LookupSignals } from "./lookupSignals";
import { mapConcurrently } from "./mapConcurrently";

/** Arguments of a lookup of all packs: each pack is looked up with them. */
export interface AllPacksArgs extends Omit<PackStatusArgs, "name"> {
  /** The names of packs that are not looked up. */
  readonly except?: readonly string[];
}

/** One pack of a lookup of all packs. */
export interface LookedUpPack {
  readonly name: string;
  /** The regions that list the pack: it was looked up in these. */
  readonly regions: readonly string[];
  /** Its status, or why there is none. */
  readonly outcome: PackStatus | OrgConformanceError;
}

/** All packs that the caller sees, and the doubts about which those are. */
export interface AllPacks {
  readonly regions: readonly string[];
  /** Sorted by name. */
  readonly packs: readonly LookedUpPack[];
  readonly problems: readonly ListingProblem[];
  /** The names in `except` that no region lists. */
  readonly unusedExcept: readonly string[];
}

/**
 * So many packs are looked up at the same time. More would gain nothing: AWS throttles an account in a region, and each
 * request that waits for its turn uses up attempts.
 */
const concurrentPacks = 10;
/** The number of rounds in which packs that appear meanwhile are looked up; then they are reported. */
const maxRounds = 2;

/**
 * Looks up every pack that the caller sees, each in the regions that list it. The packs are listed again when they have
 * been read: what has appeared meanwhile is looked up too, and what has vanished is a problem, as is whatever can't be
 * listed. No pack is skipped in silence.
 *
 * AWS source: `DescribeOrganizationConformancePacks` in each region, twice, and that of `gatherPackStatus` for each pack.
 *
 * @throws A subclass of `OrgConformanceError` when no region lists its packs, unless all are silent and
 *   `tolerate.unanswered` is in force; the signal's reason when it aborts.
 */
export async function lookUpAllPacks(
  { except = [], ...args }: AllPacksArgs,
  options: GatherOptions,
): Promise<AllPacks> {
  const all = { ...args, name: allPacksName };
  const settings = settingsFor(all, options.settings);
  const regions = await lookupRegions(all, settings);
  // Held to the end, so that one pace is kept for all packs.
  const clients = regions.map((region) => borrowConfigClient(settings, region, args));
  const list = (signals: LookupSignals) => listPacks(regions, all, settings, signals);
  try {
    const looked = new Map<string, LookedUpPack>();
    const listings = [
      await withSignals(all, options, async (signals) => {
        const listing = await list(signals);
        const refusals = refusalsOf(listing, options);
        if (refusals) throw await lookupError(refusals, all, settings, signals);
        return listing;
      }),
    ];
    for (let round = 1; round <= maxRounds; round += 1) {
      const wanted = [...placesIn(listings.at(-1) ?? [], except)].flatMap(([name, listedIn]) => {
        const known = looked.get(name)?.regions ?? [];
        const places = regions.filter((region) => known.includes(region) || listedIn.includes(region));
        // Also where it was before: what was read there counts, though it may no longer be listed.
        return places.length > known.length ? [{ name, regions: places }] : [];
      });
      if (wanted.length === 0) break;
      const lookups = await mapConcurrently(wanted, concurrentPacks, (places) =>
        lookUp({ ...args, ...places }, options),
      );
      for (const lookup of lookups) looked.set(lookup.name, lookup);
      listings.push(await withSignals(all, options, list));
    }
    return outcomeOf(regions, except, listings, looked);
  } finally {
    for (const { release } of clients) release();
  }
}

/** Lists within the time of one lookup. */
async function withSignals<T>(
  { timeoutSeconds = defaultTimeoutSeconds }: PackStatusArgs,
  { signal }: GatherOptions,
  use: (signals: LookupSignals) => Promise<T>,
): Promise<T> {
  const signals = new LookupSignals(signal, timeoutSeconds);
  try {
    return await use(signals);
  } finally {
    signals.end();
  }
}

async function lookUp(
  args: PackStatusArgs & Pick<LookedUpPack, "regions">,
  options: GatherOptions,
): Promise<LookedUpPack> {
  const { name, regions } = args;
  try {
    return { name, regions, outcome: await gatherPackStatus(args, options) };
  } catch (error) {
    if (!(error instanceof OrgConformanceError)) throw error;
    return { name, regions, outcome: error };
  }
}

/** One region's packs, or why they are not known. */
interface ListedRegion {
  readonly region: string;
  readonly listed: readonly string[] | Failure;
}

async function listPacks(
  regions: readonly string[],
  args: PackStatusArgs,
  settings: AwsSettings,
  signals: LookupSignals,
): Promise<readonly ListedRegion[]> {
  return Promise.all(
    regions.map(async (region): Promise<ListedRegion> => {
      const { client, release } = borrowConfigClient(settings, region, args);
      try {
        const call = { packName: allPacksName, region, signal: signals.signal };
        return { region, listed: await visiblePackNames(client, call) };
      } catch (error) {
        return { region, listed: signals.failureOf(error, allPacksName, region) };
      } finally {
        release();
      }
    }),
  );
}

/** The failures that end the lookup: those of all regions. */
function refusalsOf(listing: readonly ListedRegion[], { now, tolerate }: GatherOptions): Failures | undefined {
  const failures = listing.flatMap(({ listed }) => (listed instanceof Failure ? [listed] : []));
  if (failures.length < listing.length) return undefined;
  const { outageIsReason } = lookupNeedsOf(tolerate, now);
  const [first, ...others] = failures.filter((failure) => !outageIsReason || !isOutage(failure));
  return first && [first, ...others];
}

/** The packs that are listed, and where, without the excepted ones. */
function placesIn(listing: readonly ListedRegion[], except: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const { listed, region } of listing) {
    for (const name of listed instanceof Failure ? [] : listed) {
      if (!except.includes(name)) places.set(name, [...(places.get(name) ?? []), region]);
    }
  }
  return places;
}

function outcomeOf(
  regions: readonly string[],
  except: readonly string[],
  listings: readonly (readonly ListedRegion[])[],
  looked: ReadonlyMap<string, LookedUpPack>,
): AllPacks {
  // It is the newest, and what it lists has been looked up: an earlier one that failed leaves no doubt.
  const last = listings.at(-1) ?? [];
  const seen = new Set(listings.flat().flatMap(({ listed }) => (listed instanceof Failure ? [] : listed)));
  const packs = [...looked.values()]
    .filter((lookup) => !isGone(lookup, last))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    regions,
    packs,
    problems: [
      ...emptyProblems(last, except, [...looked.values()]),
      ...unlistedProblems(last),
      ...changeProblems(last, except, looked),
    ],
    unusedExcept: except.filter((name) => !seen.has(name)),
  };
}

/** A pack that was deleted before it was read: that it vanished says all. */
function isGone({ outcome, regions }: LookedUpPack, last: readonly ListedRegion[]): boolean {
  return (
    outcome instanceof NoSuchOrganizationConformancePackError &&
    regions.every((region) => !mayList(last, region, outcome.packName))
  );
}

/** True unless the region has listed its packs, and this one is not among them. */
function mayList(listing: readonly ListedRegion[], region: string, name: string): boolean {
  const listed = listing.find((each) => each.region === region)?.listed;
  return listed === undefined || listed instanceof Failure || listed.includes(name);
}

const seesOnlyOwn =
  "the management account and a delegated administrator each see only the packs that they created themselves.";

function* emptyProblems(
  listing: readonly ListedRegion[],
  except: readonly string[],
  looked: readonly LookedUpPack[],
): Generator<ListingProblem> {
  const read = listing.filter(({ listed }) => !(listed instanceof Failure));
  const empty = read.filter(({ listed }) => !(listed instanceof Failure) && listed.length === 0);
  const where = read.map(({ region }) => region).join(", ");
  // However a pack was found that is there no more: with noSuchPack, its status is one that may pass.
  const areGone = looked.every(({ name, regions }) => regions.every((region) => !mayList(listing, region, name)));
  if (areGone && read.length > 0 && empty.length === read.length) {
    yield {
      code: "noPacks",
      message: `The caller sees no organization conformance pack in ${where}.`,
      nextStep: `Check the account and the regions: ${seesOnlyOwn}`,
    };
    return;
  }
  if (areGone && read.length > 0 && placesIn(read, except).size === 0) {
    yield {
      code: "noPacks",
      message: `Every organization conformance pack that the caller sees in ${where} is excepted: ${except.join(", ")}.`,
      nextStep: "Shorten except, or remove the entry.",
    };
    return;
  }
  for (const { region } of empty) {
    yield {
      code: "regionWithoutPacks",
      region,
      message: `The caller sees no organization conformance pack in ${region}.`,
      nextStep: `Leave ${region} out of regions if it has none. Otherwise check the account: ${seesOnlyOwn}`,
    };
  }
}

function* unlistedProblems(listing: readonly ListedRegion[]): Generator<ListingProblem> {
  for (const { listed, region } of listing) {
    if (!(listed instanceof Failure)) continue;
    const error = listed.toError();
    yield {
      code: "regionUnlisted",
      region,
      ...(isOutage(listed) && { isOutage: true }),
      message: `Which packs there are in ${region} is not known. ${summaryOf(error)}`,
      nextStep: error.nextStep,
    };
  }
}

/** The changes between the reading of the packs and the last listing. */
function* changeProblems(
  last: readonly ListedRegion[],
  except: readonly string[],
  looked: ReadonlyMap<string, LookedUpPack>,
): Generator<ListingProblem> {
  for (const [packName, regions] of placesIn(last, except)) {
    for (const region of regions) {
      if (looked.get(packName)?.regions.includes(region)) continue;
      yield {
        code: "packAppeared",
        region,
        packName,
        message: `Organization conformance pack "${packName}" appeared in ${region} while the others were read, and was not looked up.`,
        nextStep: "Run the command again.",
      };
    }
  }
  for (const { name: packName, regions } of looked.values()) {
    for (const region of regions) {
      if (mayList(last, region, packName)) continue;
      yield {
        code: "packVanished",
        region,
        packName,
        message: `Organization conformance pack "${packName}" vanished from ${region} while the packs were read.`,
        nextStep: "If it was deleted on purpose, run the command again. Otherwise deploy the pack again.",
      };
    }
  }
}
