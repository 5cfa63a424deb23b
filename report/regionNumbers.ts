import type { CauseAccount } from "../core/gate/causes";
import { groupBy } from "../core/status/groupBy";
import type { RegionStatus } from "../core/status/judgement";
import { sanitize } from "../core/text/sanitize";
import type { FoundStatus } from "../core/statusFile/statusFile";
import { counted } from "./numbers";

/** The accounts in one region that answered. Each counts once: `accounts` is the sum of the others. */
export interface RegionNumbers {
  readonly region: string;
  /** AWS's status of the whole pack there. */
  readonly aggregate: string | undefined;
  /** Members and missing accounts, without former members. */
  readonly accounts: number;
  readonly ok: number;
  readonly failed: number;
  /** Also members that are being deleted: AWS shows a row of theirs. */
  readonly inProgress: number;
  /** Expected accounts that are no members, and are not leaving at this moment. */
  readonly missing: number;
  readonly unknown: number;
}

/** Regions with the same numbers. */
export interface RegionGroup {
  readonly regions: readonly string[];
  /** Those of the first, and of each of the others. */
  readonly numbers: RegionNumbers;
}

/** A region that did not answer, or has no such pack. */
export interface SilentRegion {
  readonly region: string;
  readonly error: string;
  readonly nextStep: string | undefined;
}

/** The regions that answered: those with failures first, then those with other trouble, then the healthy ones. */
export function regionNumbers({ missing, regionStatuses }: FoundStatus): readonly RegionNumbers[] {
  const missingIn = new Map<string, number>();
  for (const { cause, region } of missing) {
    if (cause !== "deleting") missingIn.set(region, (missingIn.get(region) ?? 0) + 1);
  }
  return regionStatuses
    .filter(({ error }) => error === undefined)
    .map((status) => numbersOf(status, missingIn.get(status.region) ?? 0))
    .sort((a, b) => rank(a) - rank(b));
}

/** The same, with healthy regions of equal numbers as one. */
export function regionGroups(file: FoundStatus): readonly RegionGroup[] {
  const groups = groupBy(regionNumbers(file), (numbers) =>
    numbers.ok === numbers.accounts ? JSON.stringify({ ...numbers, region: undefined }) : numbers.region,
  );
  return [...groups.values()].map((group) => ({ regions: group.map(({ region }) => region), numbers: group[0] }));
}

/** The numbers that are not 0, with their words. */
export function regionParts({
  failed,
  inProgress,
  missing,
  ok,
  unknown,
}: RegionNumbers): readonly { readonly count: number; readonly word: string }[] {
  return [
    { count: ok, word: "ok" },
    { count: failed, word: "failed" },
    { count: inProgress, word: "in progress" },
    { count: missing, word: "missing" },
    { count: unknown, word: "of unknown status" },
  ].filter(({ count }) => count > 0);
}

/** The regions of which nothing is known. */
export function silentRegions({ regionStatuses }: FoundStatus): readonly SilentRegion[] {
  return regionStatuses.flatMap(({ error, nextStep, region }) =>
    error === undefined ? [] : [{ region, error: sanitize(error), nextStep }],
  );
}

function numbersOf({ aggregate, counts, region }: RegionStatus, missing: number): RegionNumbers {
  return {
    region,
    aggregate: aggregate && sanitize(aggregate.status, 60),
    accounts: counts.total - counts.deleted + missing,
    ok: counts.successful,
    failed: counts.failed,
    inProgress: counts.inProgress,
    missing,
    unknown: counts.unrecognized,
  };
}

function rank({ accounts, aggregate, failed, ok }: RegionNumbers): number {
  if (failed > 0 || aggregate?.endsWith("_FAILED")) return 0;
  return ok === accounts ? 2 : 1;
}

/** The regions in words: each by its name, or all of many. */
export function regionList(regions: readonly string[], asked: readonly string[], most = Infinity): string {
  if (regions.length > 3 && regions.length === asked.length) return `all ${String(asked.length)} regions`;
  if (regions.length > most) return counted(regions.length, "region");
  return regions.map((region) => sanitize(region, 40)).join(", ");
}

/** The regions of some accounts, each once. */
export function regionsOf(accounts: readonly Pick<CauseAccount, "regions">[]): readonly string[] {
  return [...new Set(accounts.flatMap(({ regions }) => regions))].sort();
}
