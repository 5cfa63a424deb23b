import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { MemberStatus } from "../core/status/memberStatus";
import { byAccountThenRegion } from "../core/status/place";

/**
 * The rows of one region with one status and one pack name. `accounts` has their indices in `Packed.ids`, in ascending
 * order and separated by spaces: `0-2 5` is 0, 1, 2 and 5.
 */
interface PackedKind {
  readonly region: string;
  readonly status: string;
  readonly packName: string;
  readonly accounts: string;
}

interface Packed {
  /** Account ids in ascending order, in base 36, separated by spaces: the first, then each one's difference. */
  readonly ids: string;
  /** The account names in the same order; absent when none is known. */
  readonly names?: readonly (string | null)[];
  readonly kinds: readonly PackedKind[];
}

/**
 * The times of each kind: the earliest in milliseconds since 1970, and for each row the milliseconds since then in base
 * 36, or `-` where AWS gave no time.
 */
type PackedTimes = readonly { readonly first: number; readonly offsets: string }[];

/**
 * Packs rows without an error into one text of at most 16 bytes a row, since 10,000 healthy accounts cross several
 * process borders in each run. It is two JSON texts, `Packed` and `PackedTimes`, each deflated (raw) and in Base64, with
 * a dot between them.
 */
export function packMembers(members: readonly MemberStatus[]): string {
  const ids = [...new Set(members.map(({ accountId }) => accountId))].sort();
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const names = new Array<string | null>(ids.length).fill(null);
  const kinds = new Map<
    string,
    { kind: Omit<PackedKind, "accounts">; indices: number[]; times: (number | undefined)[] }
  >();
  for (const { accountId, accountName, conformancePackName: packName, lastUpdateTime, region, status } of [
    ...members,
  ].sort(byAccountThenRegion)) {
    const index = indexOf.get(accountId) ?? 0;
    if (accountName !== undefined) names[index] = accountName;
    const key = JSON.stringify([region, status, packName]);
    let kind = kinds.get(key);
    if (!kind) kinds.set(key, (kind = { kind: { region, status, packName }, indices: [], times: [] }));
    kind.indices.push(index);
    kind.times.push(lastUpdateTime === undefined ? undefined : Date.parse(lastUpdateTime));
  }
  const packed: Packed = {
    ids: deltas(ids),
    ...(names.some((name) => name !== null) && { names }),
    kinds: [...kinds.values()].map(({ kind, indices }) => ({ ...kind, accounts: runs(indices) })),
  };
  return `${deflated(packed)}.${deflated([...kinds.values()].map(({ times }) => packTimes(times)))}`;
}

/** Unpacks the rows, sorted by account, then region. */
export function unpackMembers(text: string): MemberStatus[] {
  const [members = "", times = ""] = text.split(".");
  const { ids, kinds, names } = inflated(members) as Packed;
  const accountIds = undeltas(ids);
  const timesOf = inflated(times) as PackedTimes;
  return kinds
    .flatMap(({ accounts, packName, region, status }, kind) => {
      const { first = 0, offsets = "" } = timesOf[kind] ?? {};
      const each = offsets.split(" ");
      return unruns(accounts).map((index, row): MemberStatus => {
        const accountName = names?.[index] ?? undefined;
        const offset = each[row] ?? "-";
        return {
          accountId: accountIds[index] ?? "",
          ...(accountName !== undefined && { accountName }),
          region,
          conformancePackName: packName,
          status,
          ...(offset !== "-" && { lastUpdateTime: new Date(first + parseInt(offset, 36)).toISOString() }),
        };
      });
    })
    .sort(byAccountThenRegion);
}

/** The text without the times: the part that a program or a policy compares. */
export function withoutTimes(text: string): string {
  const [members = ""] = text.split(".", 1);
  try {
    // Inflated: another version of zlib packs the same text into other bytes.
    return inflateRawSync(Buffer.from(members, "base64")).toString();
  } catch {
    // Of a later format, or of a person's hand: any other text is a change.
    return text;
  }
}

function packTimes(times: readonly (number | undefined)[]): PackedTimes[number] {
  const first = times.reduce<number>((least, time) => Math.min(least, time ?? Infinity), Infinity);
  const base = Number.isFinite(first) ? first : 0;
  return {
    first: base,
    offsets: times.map((time) => (time === undefined ? "-" : (time - base).toString(36))).join(" "),
  };
}

function deltas(ids: readonly string[]): string {
  let before = 0;
  return ids
    .map((id) => {
      const delta = (Number(id) - before).toString(36);
      before = Number(id);
      return delta;
    })
    .join(" ");
}

function undeltas(text: string): string[] {
  if (text === "") return [];
  let id = 0;
  return text.split(" ").map((delta) => String((id += parseInt(delta, 36))).padStart(12, "0"));
}

/** `0-2 5` for 0, 1, 2, 5. */
function runs(indices: readonly number[]): string {
  const all: [first: number, last: number][] = [];
  for (const index of indices) {
    const run = all.at(-1);
    if (run && index === run[1] + 1) run[1] = index;
    else all.push([index, index]);
  }
  return all.map(([first, last]) => (first === last ? String(first) : `${String(first)}-${String(last)}`)).join(" ");
}

function unruns(text: string): number[] {
  return text.split(" ").flatMap((run) => {
    const [first = 0, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function deflated(value: unknown): string {
  return deflateRawSync(JSON.stringify(value)).toString("base64");
}

function inflated(text: string): unknown {
  return JSON.parse(inflateRawSync(Buffer.from(text, "base64")).toString());
}
