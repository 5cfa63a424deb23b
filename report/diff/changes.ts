import type { CauseAccount } from "../../core/gate/causes";
import type { FoundStatus, StatusFile } from "../../core/statusFile/statusFile";
import { type AccountRow, accountRows } from "../accountRows";
import { isPartial } from "../headline";

/** Accounts by what has changed for them. An account is in one list alone: what is worst now counts. */
export interface PackChanges {
  readonly name: string;
  /** The times of the two lookups. */
  readonly from: string;
  readonly to: string;
  readonly verdict: { readonly from: string | null; readonly to: string | null };
  /** Failed now, and not before. */
  readonly failed: readonly CauseAccount[];
  /** Failed before and now. */
  readonly stillFailing: readonly CauseAccount[];
  /** Failed or missing before, and well now. */
  readonly healed: readonly CauseAccount[];
  /** Missing now, and not before. */
  readonly missing: readonly CauseAccount[];
  /** Failed or missing before, and not a member now: nothing says that they are well. */
  readonly gone: readonly CauseAccount[];
  /** Failed or missing before, and without a row now, where the lookup left healthy rows out. */
  readonly notInTrouble: readonly CauseAccount[];
  readonly regions: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
    /** Silent now, and not before. */
    readonly silent: readonly string[];
    /** Silent before, and not now. */
    readonly answering: readonly string[];
  };
}

/** The changes between two lookups of some packs. */
export interface Changes {
  readonly packs: readonly PackChanges[];
  /** Packs that were looked up now alone, or before alone. */
  readonly addedPacks: readonly string[];
  readonly removedPacks: readonly string[];
}

/** Compares the status files of two runs, pack by pack. */
export function changesOf(before: readonly StatusFile[], now: readonly StatusFile[]): Changes {
  const earlier = new Set(before.map(({ name }) => name));
  const names = new Set(now.map(({ name }) => name));
  return {
    packs: now.flatMap((file) => {
      const old = counterpart(file, before, now);
      return old ? [packChanges(old, file)] : [];
    }),
    addedPacks: [...names].filter((name) => !earlier.has(name)),
    removedPacks: [...earlier].filter((name) => !names.has(name)),
  };
}

/** The earlier lookup of the same pack. Where a run looked it up more than once, only one of the same places and caller is. */
function counterpart(
  file: StatusFile,
  before: readonly StatusFile[],
  now: readonly StatusFile[],
): StatusFile | undefined {
  const named = before.filter(({ name }) => name === file.name);
  const isOne = named.length === 1 && now.filter(({ name }) => name === file.name).length === 1;
  if (isOne) return named[0];
  const same = named.filter((old) => questionOf(old) === questionOf(file));
  return same.length === 1 ? same[0] : undefined;
}

function questionOf({ by, callerAccountId, regions }: StatusFile): string {
  return JSON.stringify([by, callerAccountId, [...regions].sort()]);
}

function packChanges(before: StatusFile, now: StatusFile): PackChanges {
  const about = {
    name: now.name,
    from: before.lookedUpAt,
    to: now.lookedUpAt,
    verdict: { from: before.verdict, to: now.verdict },
  };
  if (before.verdict === null || now.verdict === null) {
    // Of a lookup that failed, nothing is known that could be compared.
    return {
      ...about,
      failed: [],
      stillFailing: [],
      healed: [],
      missing: [],
      gone: [],
      notInTrouble: [],
      regions: noRegions,
    };
  }
  const old = accountsByState(before);
  const current = accountsByState(now);
  const silentNow = silentIn(now);
  const failed = [...current.values()].filter(({ state }) => state === "failed");
  const was = (state: State, { account }: Known): boolean => old.get(account.accountId)?.state === state;
  const troubled = [...old.values()].filter(({ state }) => state === "failed" || state === "missing");
  const without = accountsOf(troubled.filter(({ account }) => !current.has(account.accountId)));
  return {
    ...about,
    failed: accountsOf(failed.filter((known) => !was("failed", known))),
    stillFailing: accountsOf(failed.filter((known) => was("failed", known))),
    healed: accountsOf(
      troubled.filter(
        ({ account, troubledIn }) =>
          current.get(account.accountId)?.state === "well" &&
          // Where AWS does not answer, nobody knows.
          !troubledIn.some((region) => silentNow.has(region) || !now.regions.includes(region)),
      ),
    ),
    missing: accountsOf([...current.values()].filter((known) => known.state === "missing" && !was("missing", known))),
    gone: isPartial(now) ? [] : without,
    notInTrouble: isPartial(now) ? without : [],
    regions: {
      added: now.regions.filter((region) => !before.regions.includes(region)),
      removed: before.regions.filter((region) => !now.regions.includes(region)),
      silent: [...silentNow].filter((region) => before.regions.includes(region) && !silentIn(before).has(region)),
      answering: [...silentIn(before)].filter((region) => now.regions.includes(region) && !silentNow.has(region)),
    },
  };
}

const noRegions: PackChanges["regions"] = { added: [], removed: [], silent: [], answering: [] };

type State = "failed" | "missing" | "unfinished" | "well";

interface Known {
  readonly state: State;
  /** With the regions in which it is in that state. */
  readonly account: CauseAccount;
  /** The regions in which it is not well, whatever its state there. */
  readonly troubledIn: readonly string[];
}

/** From the best. */
const states: readonly State[] = ["well", "unfinished", "missing", "failed"];

function accountsByState(file: FoundStatus): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const row of accountRows(file)) {
    const state = stateOf(row);
    if (state === undefined) continue;
    const { accountId, accountName, owner, region } = row;
    const before = known.get(accountId);
    const troubledIn = [...(before?.troubledIn ?? []), ...(state === "well" ? [] : [region])];
    if (before && states.indexOf(before.state) > states.indexOf(state)) {
      known.set(accountId, { ...before, troubledIn });
      continue;
    }
    const regions = before?.state === state ? [...before.account.regions, region] : [region];
    known.set(accountId, {
      state,
      troubledIn,
      account: {
        accountId,
        ...(accountName !== undefined && { accountName }),
        ...(owner !== undefined && { owner }),
        regions,
      },
    });
  }
  return known;
}

function stateOf({ outcome }: AccountRow): State | undefined {
  switch (outcome) {
    case "failed":
    case "missing":
      return outcome;
    case "successful":
      return "well";
    case "deleted":
      return undefined;
    default:
      return "unfinished";
  }
}

function accountsOf(known: readonly Known[]): readonly CauseAccount[] {
  return known.map(({ account }) => account);
}

function silentIn({ regionStatuses }: FoundStatus): ReadonlySet<string> {
  return new Set(regionStatuses.flatMap(({ error, region }) => (error === undefined ? [] : [region])));
}
