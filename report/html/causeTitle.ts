import type { Cause } from "../../core/gate/causes";
import { sanitize } from "../../core/text/sanitize";

/** The name of a cause: AWS's code for a failure, and words for all others. */
export function causeTitle({ errorCode, kind, statuses }: Pick<Cause, "errorCode" | "kind" | "statuses">): string {
  if (kind === "failed") return sanitize(errorCode ?? statuses[0] ?? "Failed", 100);
  return titles[kind];
}

const titles: Readonly<Record<Exclude<Cause["kind"], "failed">, string>> = {
  stuck: "Stuck",
  inProgress: "In progress",
  outdated: "Not updated yet",
  unrecognized: "Unknown status",
  noRow: "Missing, without a row",
  deleting: "Missing, being deleted",
  deleted: "Missing, deleted",
};
