import { ownersById } from "../../core/status/accountOwner";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { groupBy } from "../../core/status/groupBy";
import { sanitize } from "../../core/text/sanitize";
import { type KnownPlace, placesOf } from "../places";
import { needsLook, stateWord, words } from "../stateWord";
import { cellTitle } from "./cellTitle";
import type { Cell, PackedAccount, PageData } from "./pageData";
import { packedTimes } from "./packedTimes";

/** The characters of AWS's times that a page has. More of them would take most of its size. */
const timesKept = 120_000;

/** The characters of AWS's messages that a page has; each different message counts once. */
const messagesKept = 150_000;

/** The packed rows of a status, and whether all of AWS's times and messages are among them. */
export interface PackedRows {
  readonly data: PageData;
  readonly isComplete: boolean;
}

/** An account, and what is known of it in each region. */
interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly places: ReadonlyMap<string, KnownPlace>;
}

function knownAccounts(file: FoundStatus): readonly KnownAccount[] {
  return [...groupBy(placesOf(file), ({ accountId }) => accountId)].map(([id, places]) => ({
    id,
    name: places.find(({ accountName }) => accountName !== undefined)?.accountName ?? "",
    places: new Map(places.map((place) => [place.region, place])),
  }));
}

/** Packs the rows of a status for the page. */
export function packRows(file: FoundStatus): PackedRows {
  const known = knownAccounts(file);
  const regions = columnsOf(file, known);
  const epoch = someTime(file);
  const packer = new Packer(regions, epoch);
  const lines = known
    .map((account) => packer.line(account))
    .sort((a, b) => a.severity - b.severity || (a.account.id < b.account.id ? -1 : 1));
  const data: PageData = {
    regions,
    cells: packer.cells,
    lines: packer.lines,
    accounts: lines.map((line) => packer.account(line)),
    toLookAt: lines.filter(({ severity }) => severity < words.indexOf("ok")).length,
    epoch,
    ...pathsIn(file),
    ...ownersIn(file),
    document: {
      ...without(file, "causes", "members", "missing", "stuck", "unexpected"),
      causes: file.causes.map((cause) => without(cause, "accounts")),
    },
  };
  return { data, isComplete: packer.isComplete };
}

function pathsIn({ causes }: FoundStatus): Pick<PageData, "paths"> {
  const paths = causes.flatMap(({ accounts }) =>
    accounts.flatMap(({ accountId, path }) => (path === undefined ? [] : [[accountId, path] as const])),
  );
  return paths.length > 0 ? { paths: Object.fromEntries(paths) } : {};
}

function ownersIn({ accountOwners }: FoundStatus): Pick<PageData, "owners"> {
  const owners = [...ownersById(accountOwners)].map(([accountId, owner]) => [accountId, sanitize(owner, 128)]);
  return owners.length > 0 ? { owners: Object.fromEntries(owners) as Record<string, string> } : {};
}

/** A copy without what the rows tell. */
function without<T extends object, Key extends keyof T>(object: T, ...keys: readonly Key[]): Omit<T, Key> {
  const packed: readonly PropertyKey[] = keys;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !packed.includes(key))) as Omit<T, Key>;
}

/** The regions that answered. One that did not would be a column of the same cell for every account. */
function columnsOf({ regionStatuses }: FoundStatus, accounts: readonly KnownAccount[]): readonly string[] {
  const answered = regionStatuses.filter(({ error }) => error === undefined).map(({ region }) => region);
  return [...new Set([...answered, ...accounts.flatMap(({ places }) => [...places.keys()])])];
}

function someTime({ members }: FoundStatus): number {
  const first = members.find(({ lastUpdateTime }) => lastUpdateTime !== undefined)?.lastUpdateTime ?? "";
  return Date.parse(first) || 0;
}

/** An account, its place in `lines`, and its worst word. */
interface Line {
  readonly account: KnownAccount;
  readonly index: number;
  readonly severity: number;
}

class Packer {
  readonly cells: Cell[] = [];
  readonly lines: (readonly number[])[] = [];
  isComplete = true;
  readonly #regions: readonly string[];
  readonly #epoch: number;
  readonly #cellIndex = new Map<string, number>();
  readonly #lineIndex = new Map<string, number>();
  #times = 0;
  #messages = 0;

  constructor(regions: readonly string[], epoch: number) {
    this.#regions = regions;
    this.#epoch = epoch;
  }

  line(account: KnownAccount): Line {
    const line = this.#regions.map((region) => this.#cell(account.places.get(region)));
    const key = line.join();
    let index = this.#lineIndex.get(key);
    if (index === undefined) {
      index = this.lines.push(line) - 1;
      this.#lineIndex.set(key, index);
    }
    const severities = line.flatMap((cell) => this.cells[cell]?.word ?? []).map((word) => words.indexOf(word));
    return { account, index, severity: Math.min(words.length, ...severities) };
  }

  account({ account: { id, name, places }, index }: Line): PackedAccount {
    const label = sanitize(name, 128);
    const times = this.#regions.map((region) => places.get(region)?.member?.lastUpdateTime);
    // To pack 170,000 times takes long: once there is no room, none is packed.
    const packed = this.#times < timesKept ? packedTimes(times, this.#epoch) : undefined;
    this.#times += packed?.length ?? 0;
    if (packed !== undefined) return packed === "" ? [id, label, index] : [id, label, index, packed];
    this.isComplete &&= times.every((time) => time === undefined);
    return [id, label, index];
  }

  #cell(place: KnownPlace | undefined): number {
    if (!place) return -1;
    const key = keyOf(place);
    let index = this.#cellIndex.get(key);
    if (index === undefined) {
      index = this.cells.push(this.#made(place)) - 1;
      this.#cellIndex.set(key, index);
    }
    return index;
  }

  #made(place: KnownPlace): Cell {
    const { causes, isStuck, member, missing, unexpected } = place;
    const word = stateWord(place);
    return {
      word,
      causes,
      ...(needsLook(word) && { title: cellTitle(place) }),
      ...(member && { row: this.#row(member) }),
      ...(member?.tolerated && { tolerated: member.tolerated }),
      ...(isStuck && { stuck: true }),
      ...(missing && {
        missing: { cause: missing.cause, ...(missing.tolerated && { tolerated: missing.tolerated }) },
      }),
      ...(unexpected !== undefined && { unexpected }),
    };
  }

  #row({ conformancePackName, errorCode, status, ...member }: Member): NonNullable<Cell["row"]> {
    const message = messageOf(member);
    this.#messages += message?.length ?? 0;
    const isKept = this.#messages <= messagesKept;
    this.isComplete &&= isKept;
    return {
      conformancePackName,
      status,
      ...(errorCode !== undefined && { errorCode }),
      ...(message !== undefined && isKept && { errorMessage: message }),
    };
  }
}

type Member = FoundStatus["members"][number];

/** A text that two places have in common only if their cells are the same. */
function keyOf({ causes, isStuck, member, missing, outcome, unexpected }: KnownPlace): string {
  const row = `${member?.status ?? ""} ${member?.conformancePackName ?? ""} ${causes.join()}`;
  const isPlain = !member?.errorCode && !member?.errorMessage && !member?.tolerated && !missing;
  // Most of 170,000 rows.
  if (member && isPlain && !isStuck && unexpected === undefined) return row;
  const { errorCode, tolerated } = member ?? {};
  const { cause, tolerated: absence } = missing ?? {};
  const message = member && messageOf(member);
  return JSON.stringify([row, outcome, isStuck, errorCode, message, tolerated, cause, absence, unexpected]);
}

/** AWS's message, the same for all accounts that it is about. */
function messageOf({ accountId, errorMessage }: Pick<Member, "accountId" | "errorMessage">): string | undefined {
  return errorMessage?.replaceAll(accountId, "\0");
}
