import type { Toleration } from "../../core/statusFile/statusFile";
import { sanitize } from "../../core/text/sanitize";
import type { KnownPlace } from "../places";

/** AWS's words for a place and the exception that covers it, in one line; without the time, which differs. */
export function cellTitle({ member, tolerated }: KnownPlace): string {
  return [
    member ? sanitize(member.status, 60) : "AWS shows no row",
    ...(member?.errorCode === undefined ? [] : [sanitize(member.errorCode, 100)]),
    ...(tolerated ? [coveredBy(tolerated)] : []),
  ].join(", ");
}

function coveredBy({ by, expires, reason }: Toleration): string {
  if (by === "limit") return "allowed by the limit of failures";
  if (by === "inProgress") return "allowed by inProgress";
  if (by === "wait") return "the update waits for it";
  const until = expires === undefined ? "" : ` until ${sanitize(expires, 10)}`;
  return `excepted${until}${reason === undefined ? "" : `: ${sanitize(reason, 200)}`}`;
}
