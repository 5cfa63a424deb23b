import type { MissingAccount } from "../core/status/missingAccounts";
import { isExcepted } from "./isExcepted";
import type { KnownPlace } from "./places";

/** The words for an account in a region, the worst first. */
export const words = [
  "failed",
  "stuck",
  "in progress",
  "no row",
  "being deleted",
  "deleted",
  "unknown",
  "not updated",
  "within limit",
  "excepted",
  "ok",
  "former",
] as const;
/** The word for an account in a region. */
export type Word = (typeof words)[number];

const ofOutcome = {
  failed: "failed",
  stuck: "stuck",
  inProgress: "in progress",
  outdated: "not updated",
  unrecognized: "unknown",
  deleted: "former",
  successful: "ok",
} as const satisfies Record<Exclude<KnownPlace["outcome"], "missing">, Word>;

const ofMissing = {
  noRow: "no row",
  deleting: "being deleted",
  deleted: "deleted",
} as const satisfies Record<MissingAccount["cause"], Word>;

/** The word for one account in one region: what keeps the gate closed there, or else how it is. */
export function stateWord({
  missing,
  outcome,
  tolerated,
}: Pick<KnownPlace, "missing" | "outcome" | "tolerated">): Word {
  if (isExcepted(tolerated)) return "excepted";
  if (tolerated?.by === "limit") return "within limit";
  return outcome === "missing" ? ofMissing[missing?.cause ?? "noRow"] : ofOutcome[outcome];
}

/** True for a word because of which somebody has to look at the account. */
export function needsLook(word: Word): boolean {
  return words.indexOf(word) < words.indexOf("ok");
}
