import { groupBy } from "../../core/status/groupBy";
import { sanitize } from "../../core/text/sanitize";
import type { FoundStatus } from "../../core/statusFile/statusFile";
import { isTrouble, type KnownPlace, placesOf } from "../places";
import { stateWord } from "../stateWord";
import { tableLines } from "./tableLines";

const mostAccounts = 20;
const mostRegions = 8;

/** The accounts that need a look by region, where the terminal is wide enough for all of it; else `undefined`. */
export function gridOf(file: FoundStatus, width: number): readonly string[] | undefined {
  const regions = file.regionStatuses.flatMap(({ error, region }) => (error === undefined ? [region] : []));
  if (regions.length < 2 || regions.length > mostRegions) return undefined;
  const accounts = [...groupBy(placesOf(file), ({ accountId }) => accountId).values()].filter((places) =>
    places.some(isTrouble),
  );
  if (accounts.length === 0 || accounts.length > mostAccounts) return undefined;
  const hasCauses = file.causes.length > 0;
  const hasOwners = accounts.some(([{ owner }]) => owner !== undefined);
  const rows = accounts.map((own) => {
    const [{ accountId, accountName = "", owner = "" }] = own;
    const numbers = [...new Set(own.flatMap(({ causes }) => causes))].sort((a, b) => a - b).map((cause) => cause + 1);
    return [
      sanitize(accountId, 20),
      sanitize(accountName, 50),
      ...(hasOwners ? [sanitize(owner, 50)] : []),
      ...regions.map((region) => cellOf(own.find((place) => place.region === region))),
      ...(hasCauses ? [numbers.join(", ")] : []),
    ];
  });
  const heads = [
    ...["ACCOUNT", "NAME", ...(hasOwners ? ["OWNER"] : [])],
    ...regions.map((region) => sanitize(region, 40)),
    ...(hasCauses ? ["CAUSE"] : []),
  ];
  const lines = tableLines([heads, ...rows], []);
  return lines.every((line) => line.length <= width) ? lines : undefined;
}

function cellOf(place: KnownPlace | undefined): string {
  if (!place) return "-";
  const word = stateWord(place);
  return isTrouble(place) && !place.tolerated ? `✗ ${word}` : word;
}
