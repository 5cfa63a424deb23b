import { unpackTimes } from "./packedTimes";
import type { Cell, Covered, PackedAccount, PageData } from "./pageData";

/** A row as the status file has it. */
export interface UnpackedRow {
  readonly accountId: string;
  readonly accountName?: string;
  readonly region: string;
  readonly conformancePackName: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly lastUpdateTime?: string;
  readonly tolerated?: Covered;
}

/** One account in one region. */
export interface UnpackedPlace {
  readonly accountId: string;
  readonly accountName?: string;
  readonly region: string;
  readonly cell: Cell;
  readonly row?: UnpackedRow;
}

/** The status file that the rows were packed from, as far as they were kept. */
export function unpackStatus(data: PageData): Record<string, unknown> {
  const places = unpackPlaces(data);
  const withoutCell = ({ cell: _cell, row: _row, ...place }: UnpackedPlace) => place;
  const { causes, ...document } = data.document;
  return {
    ...document,
    causes: causes.map((cause, index) => ({ ...cause, accounts: accountsOf(places, index) })),
    stuck: places.flatMap(({ cell, row }) => (cell.stuck && row ? [withoutToleration(row)] : [])),
    missing: places.flatMap((place) => (place.cell.missing ? [{ ...withoutCell(place), ...place.cell.missing }] : [])),
    unexpected: places.flatMap(({ cell, row }) =>
      cell.unexpected !== undefined && row ? [{ ...withoutToleration(row), cause: cell.unexpected }] : [],
    ),
    members: places.flatMap(({ row }) => row ?? []),
  };
}

/** Every row and every missing account, by account, then region. */
export function unpackPlaces(data: PageData): readonly UnpackedPlace[] {
  const byId = data.accounts.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const byRegion = data.regions
    .map((_, index) => index)
    .sort((a, b) => (regionAt(data, a) < regionAt(data, b) ? -1 : 1));
  return byId.flatMap((account) => {
    const times = timesOf(account, data);
    return byRegion.flatMap((column) => placeAt(account, column, times[column], data) ?? []);
  });
}

/** AWS's times of an account's rows, by column. */
export function timesOf([, , , times]: PackedAccount, { epoch, regions }: PageData): readonly (string | undefined)[] {
  return times === undefined ? [] : unpackTimes(times, epoch, regions.length);
}

function placeAt(
  [accountId, name, line]: PackedAccount,
  column: number,
  time: string | undefined,
  data: PageData,
): UnpackedPlace | undefined {
  const cell = data.cells[data.lines[line]?.[column] ?? -1];
  if (!cell) return undefined;
  const place = { accountId, ...(name !== "" && { accountName: name }), region: regionAt(data, column) };
  if (!cell.row) return { ...place, cell };
  const { errorMessage, tolerated, ...row } = cell.row;
  return {
    ...place,
    cell,
    row: {
      ...place,
      ...row,
      ...(errorMessage !== undefined && { errorMessage: errorMessage.replaceAll("\0", accountId) }),
      ...(time !== undefined && { lastUpdateTime: time }),
      ...(tolerated && { tolerated }),
    },
  };
}

function regionAt({ regions }: PageData, column: number): string {
  return regions[column] ?? "";
}

/** The status file marks what is covered in `members`, not in its extracts of them. */
function withoutToleration({ tolerated: _tolerated, ...row }: UnpackedRow): UnpackedRow {
  return row;
}

function accountsOf(places: readonly UnpackedPlace[], cause: number) {
  const accounts = new Map<string, { accountId: string; accountName?: string; regions: string[] }>();
  for (const { accountId, accountName, cell, region } of places) {
    if (!cell.causes.includes(cause)) continue;
    const account = accounts.get(accountId);
    if (account) account.regions.push(region);
    else accounts.set(accountId, { accountId, ...(accountName !== undefined && { accountName }), regions: [region] });
  }
  return [...accounts.values()];
}
