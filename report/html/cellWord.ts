import type { Toleration } from "../../core/statusFile/statusFile";
import { type MemberOutcome, outcomeOf } from "../../core/status/detailedStatus";
import type { MissingAccount } from "../../core/status/missingAccounts";
import { sanitize } from "../../core/text/sanitize";
import { isExcepted } from "../isExcepted";
import type { KnownPlace } from "./knownAccounts";
import type { Word } from "./pageData";

const ofOutcome = {
  failed: "failed",
  inProgress: "in progress",
  unrecognized: "unknown",
  deleted: "former",
  successful: "ok",
} as const satisfies Record<MemberOutcome, Word>;

const ofMissing = {
  noRow: "no row",
  deleting: "being deleted",
  deleted: "deleted",
} as const satisfies Record<MissingAccount["cause"], Word>;

/** The word for one account in one region: what keeps the gate closed there, or else how it is. */
export function cellWord({ isOutdated, isStuck, member, missing }: KnownPlace): Word {
  const tolerated = member?.tolerated ?? missing?.tolerated;
  // Within a limit, a failed row that AWS has still to update keeps the gate closed all the same.
  if (isExcepted(tolerated) && !isOutdated) return "excepted";
  if (tolerated?.by === "limit" && !isOutdated) return "within limit";
  if (missing) return ofMissing[missing.cause];
  if (isStuck) return "stuck";
  const word = ofOutcome[outcomeOf(member?.status ?? "")];
  return isOutdated && (word === "ok" || tolerated) ? "not updated" : word;
}

/** AWS's words for a place and the exception that covers it, in one line; without the time, which differs. */
export function cellTitle({ member, missing }: KnownPlace): string {
  const tolerated = member?.tolerated ?? missing?.tolerated;
  return [
    member ? sanitize(member.status, 60) : "AWS shows no row",
    ...(member?.errorCode === undefined ? [] : [sanitize(member.errorCode, 100)]),
    ...(tolerated ? [coveredBy(tolerated)] : []),
  ].join(", ");
}

function coveredBy({ by, expires, reason }: Toleration): string {
  if (by === "limit") return "allowed by the limit of failures";
  if (by === "inProgress") return "allowed by inProgress";
  const until = expires === undefined ? "" : ` until ${sanitize(expires, 10)}`;
  return `excepted${until}${reason === undefined ? "" : `: ${sanitize(reason, 200)}`}`;
}
