import { outcomeOf } from "./detailedStatus";
import type { MemberStatus } from "./memberStatus";

/** The rows with a status that this version does not know. */
export function unrecognizedMembers(members: readonly MemberStatus[]): readonly MemberStatus[] {
  return members.filter(({ status }) => outcomeOf(status) === "unrecognized");
}
