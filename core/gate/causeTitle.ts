import { sanitize } from "../text/sanitize";
import type { Cause, CauseKind } from "./causes";

const titles: Readonly<Record<Exclude<CauseKind, "failed">, string>> = {
  stuck: "Stuck",
  inProgress: "In progress",
  outdated: "Not updated yet",
  unrecognized: "Unknown status",
  noRow: "Missing, without a row",
  deleting: "Missing, being deleted",
  deleted: "Missing, deleted",
};

/**
 * The name of a cause: AWS's code for a failure, and words for all others.
 *
 * @param quote - Makes AWS's code safe to print.
 */
export function causeTitle(
  { errorCode, kind, statuses }: Pick<Cause, "errorCode" | "kind" | "statuses">,
  quote: (text: string, maxLength: number) => string = sanitize,
): string {
  return kind === "failed" ? quote(errorCode ?? statuses[0] ?? "", 100) : titles[kind];
}
