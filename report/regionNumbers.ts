import type { RegionStatus } from "../core/status/judgement";
import { sanitize } from "../core/text/sanitize";
import type { FoundStatus } from "../core/statusFile/statusFile";
import { counted } from "./numbers";

/** One region that answered, or several with the same numbers. */
export interface RegionNumbers {
  readonly regions: readonly string[];
  /** AWS's status of the whole pack there. */
  readonly aggregate: string | undefined;
  readonly accounts: number;
  readonly ok: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly missing: number;
  readonly unknown: number;
}

/** A region that did not answer, or has no such pack. */
export interface SilentRegion {
  readonly region: string;
  readonly error: string;
  readonly nextStep: string | undefined;
}

/** The regions that answered: those with trouble first and one by one, the healthy ones of equal numbers together. */
export function regionNumbers({ missing, regionStatuses }: FoundStatus): readonly RegionNumbers[] {
  const missingIn = new Map<string, number>();
  for (const { region } of missing) missingIn.set(region, (missingIn.get(region) ?? 0) + 1);
  const all = regionStatuses.filter(({ error }) => error === undefined).map((status) => numbersOf(status, missingIn));
  const isTroubled = ({ failed, inProgress, missing, unknown }: RegionNumbers): boolean =>
    failed + inProgress + missing + unknown > 0;
  const groups = new Map<string, RegionNumbers>();
  for (const numbers of all) {
    const { regions, ...rest } = numbers;
    const key = isTroubled(numbers) ? regions.join() : JSON.stringify(rest);
    const known = groups.get(key);
    groups.set(key, known ? { ...known, regions: [...known.regions, ...regions] } : numbers);
  }
  return [...groups.values()].sort((a, b) => Number(isTroubled(b)) - Number(isTroubled(a)));
}

/** The regions of which nothing is known. */
export function silentRegions({ regionStatuses }: FoundStatus): readonly SilentRegion[] {
  return regionStatuses.flatMap(({ error, nextStep, region }) =>
    error === undefined ? [] : [{ region, error: sanitize(error), nextStep }],
  );
}

function numbersOf({ aggregate, counts, region }: RegionStatus, missingIn: ReadonlyMap<string, number>): RegionNumbers {
  return {
    regions: [region],
    aggregate: aggregate && sanitize(aggregate.status, 60),
    accounts: counts.total - counts.deleted,
    ok: counts.successful,
    failed: counts.failed,
    inProgress: counts.inProgress,
    missing: missingIn.get(region) ?? 0,
    unknown: counts.unrecognized,
  };
}

/** The regions in words: each by its name, or all of many. */
export function regionList(regions: readonly string[], asked: readonly string[], most = Infinity): string {
  if (regions.length > 3 && regions.length === asked.length) return `all ${String(asked.length)} regions`;
  if (regions.length > most) return counted(regions.length, "region");
  return regions.map((region) => sanitize(region, 40)).join(", ");
}
