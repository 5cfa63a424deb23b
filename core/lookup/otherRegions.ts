import { type Failure, type Findings, headOf, isError, summaryOf } from "../errors";
import { sanitize } from "../text/sanitize";

/**
 * The failures of other regions, for the error of the first one: a line for each kind. Otherwise, each repair would only
 * bring up the next error.
 */
export function otherRegions(first: Failure, others: readonly Failure[], findings: Findings): string[] {
  const kinds = new Map<string, { readonly example: Failure; readonly where: string[] }>();
  for (const failure of others) {
    const kind = kindOf(failure);
    const known = kinds.get(kind) ?? { example: failure, where: [] };
    known.where.push(regionWithRequest(failure.context));
    kinds.set(kind, known);
  }
  return [...kinds].map(([kind, { example, where }]) => {
    const what = kind === kindOf(first) ? "the same." : summaryOf(example.toError(findings));
    return `Also in ${where.join(", ")}: ${what}`;
  });
}

/** The same for failures that only differ in the region. */
function kindOf({ context: { cause, region = "" }, kind }: Failure): string {
  return `${kind} ${isError(cause) ? headOf(cause).replaceAll(region, "") : ""}`;
}

function regionWithRequest({ region = "", requestId }: Failure["context"]): string {
  return requestId === undefined ? region : `${region} (AWS request id ${sanitize(requestId, 80)})`;
}
