import type { StatusFile } from "../core/statusFile/statusFile";
import { accountRows } from "./accountRows";
import { isTrouble } from "./places";
import { silentRegions } from "./regionNumbers";
import type { RenderOptions } from "./renderOptions";

/**
 * Renders a JSON object a line, for each account and region, with the pack and the time of the lookup in each: for
 * databases. A region that did not answer, and a lookup that failed, are a line each.
 */
export function renderJsonl(files: readonly StatusFile[], { show }: RenderOptions): string {
  return files
    .flatMap((file) => linesOf(file, show))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
}

function linesOf(file: StatusFile, show: RenderOptions["show"]): readonly object[] {
  const { lookedUpAt, name: pack } = file;
  if (file.verdict === null) {
    const { class: errorCode, message: errorMessage, region } = file.error;
    return [{ pack, lookedUpAt, region, outcome: "notLookedUp", errorCode, errorMessage }];
  }
  const about = { pack, lookedUpAt, decision: file.decision.verdict };
  const ownerWarning = file.accountOwners?.warning;
  return [
    ...silentRegions(file).map(({ error, region }) => ({
      ...about,
      region,
      outcome: "regionUnanswered",
      errorMessage: error,
    })),
    ...accountRows(file)
      .filter((row) => show === "all" || isTrouble(row))
      .map(({ tolerated, ...row }) => ({
        ...about,
        ...row,
        // Places in a list that is not here.
        causes: undefined,
        // There is no line for the pack. Healthy accounts have no owner anyway.
        ...(ownerWarning !== undefined && row.owner === undefined && isTrouble(row) && { ownerWarning }),
        ...(tolerated && {
          toleratedBy: tolerated.by,
          toleratedReason: tolerated.reason,
          toleratedUntil: tolerated.expires,
        }),
      })),
  ];
}
