import { unpackTimes } from "./packedTimes";
import type { Cell, Covered, PackedAccount, PageData } from "./pageData";

/** An account in a region. */
interface Place {
  readonly accountId: string;
  readonly accountName?: string;
  readonly region: string;
}

/** A row as the status file has it. */
interface Row extends Place {
  readonly conformancePackName: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly lastUpdateTime?: string;
}

/** One account in one region, with its row if it has one. */
interface UnpackedPlace {
  readonly place: Place;
  readonly cell: Cell;
  readonly row?: Row;
  /** The toleration of its row or of its absence. */
  readonly tolerated?: Covered;
}

/** The status file that the rows were packed from, as far as they were kept. */
export function unpackStatus(data: PageData): Record<string, unknown> {
  const places = unpackPlaces(data);
  return {
    ...data.document,
    causes: data.document.causes.map((cause, index) => ({ ...cause, accounts: accountsOf(places, index, data) })),
    stuck: places.flatMap(({ cell, row }) => (cell.stuck && row ? [row] : [])),
    missing: places.flatMap(({ cell, place }) => (cell.missing ? [{ ...place, ...cell.missing }] : [])),
    unexpected: places.flatMap(({ cell, row }) =>
      cell.unexpected !== undefined && row ? [{ ...row, cause: cell.unexpected }] : [],
    ),
    members: places.flatMap((place) => (place.row ? [marked(place.row, place.cell)] : [])),
  };
}

/** A row as `members` has it: what covers it, it says itself. What covers an absence, `missing` says. */
function marked(row: Row, { tolerated }: Cell): Row & { readonly tolerated?: Covered } {
  return tolerated ? { ...row, tolerated } : row;
}

/** Every row and every missing account, by account, then region. */
export function unpackPlaces(data: PageData): readonly UnpackedPlace[] {
  const byId = data.accounts.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const byRegion = data.regions
    .map((region, column) => ({ region, column }))
    .sort((a, b) => (a.region < b.region ? -1 : 1));
  return byId.flatMap((account) => {
    const times = timesOf(account, data);
    return byRegion.flatMap(({ column, region }) => {
      const cell = data.cells[data.lines[account[2]]?.[column] ?? -1];
      return cell ? unpackPlace(account, region, cell, times[column]) : [];
    });
  });
}

/** AWS's times of an account's rows, by column. */
export function timesOf([, , , times]: PackedAccount, { epoch, regions }: PageData): readonly (string | undefined)[] {
  return times === undefined ? [] : unpackTimes(times, epoch, regions.length);
}

function unpackPlace([accountId, name]: PackedAccount, region: string, cell: Cell, time?: string): UnpackedPlace {
  const place = { accountId, ...(name !== "" && { accountName: name }), region };
  const { tolerated = cell.missing?.tolerated, row } = cell;
  const marks = { place, cell, ...(tolerated && { tolerated }) };
  if (!row) return marks;
  const { errorMessage } = row;
  return {
    ...marks,
    row: {
      ...place,
      ...row,
      ...(errorMessage !== undefined && { errorMessage: errorMessage.replaceAll("\0", accountId) }),
      ...(time !== undefined && { lastUpdateTime: time }),
    },
  };
}

/** An account of a cause. */
interface UnpackedAccount extends Omit<Place, "region"> {
  readonly path?: string;
  readonly owner?: string;
  readonly regions: string[];
}

function accountsOf(places: readonly UnpackedPlace[], cause: number, { owners = {}, paths = {} }: PageData) {
  const accounts = new Map<string, UnpackedAccount>();
  for (const { cell, place } of places) {
    if (!cell.causes.includes(cause)) continue;
    const { accountId, accountName, region } = place;
    const account = accounts.get(accountId);
    if (account) account.regions.push(region);
    else {
      const path = paths[accountId];
      const owner = owners[accountId];
      accounts.set(accountId, {
        accountId,
        ...(accountName !== undefined && { accountName }),
        ...(path !== undefined && { path }),
        ...(owner !== undefined && { owner }),
        regions: [region],
      });
    }
  }
  return [...accounts.values()];
}
