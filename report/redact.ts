import type { StatusFile } from "../core/statusFile/statusFile";

/**
 * Status files for a public place: account ids are shortened to their last four digits, and the names of accounts and
 * of their organizational units, their owners and the ends of ARNs are left out. It is done once, before anything is
 * rendered. Equal ids stay equal, and different ones different, so that all counts stay.
 */
export function redact(files: readonly StatusFile[]): readonly StatusFile[] {
  const short = shortIds(files);
  return files.map((file) => redacted(file, short) as StatusFile);
}

function redacted(value: unknown, short: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    return (
      value
        // The end of an ARN is a name: a user's is often an e-mail address.
        .replace(/\barn:[\w-]*:[\w-]*:[\w-]*:(?:\d*|<accountId>):[^\s"',;)]+/g, "arn:…")
        .replace(accountIdPattern, (id) => short.get(id) ?? "…")
    );
  }
  if (Array.isArray(value)) return value.map((entry) => redacted(entry, short));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) => (isLeftOut(key) ? [] : [[key, redacted(entry, short)]])),
  );
}

function isLeftOut(key: string): boolean {
  return ["accountName", "accountOwners", "owner", "path"].includes(key);
}

/** True of a status with shortened account ids: another run may give the same one to another account. */
export function isRedacted(file: StatusFile): boolean {
  if (file.verdict === null) return false;
  return [...file.members, ...file.missing].some(({ accountId }) => accountId.startsWith(shortIdMark));
}

const shortIdMark = "…";

const accountIdPattern = /(?<!\d)\d{12}(?!\d)/g;

function shortIds(files: readonly StatusFile[]): ReadonlyMap<string, string> {
  const ids = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") for (const [id] of value.matchAll(accountIdPattern)) ids.add(id);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  collect(files);
  const times = new Map<string, number>();
  return new Map(
    [...ids].sort().map((id) => {
      const end = `${shortIdMark}${id.slice(-4)}`;
      const number = (times.get(end) ?? 0) + 1;
      times.set(end, number);
      return [id, number === 1 ? end : `${end}-${String(number)}`];
    }),
  );
}
