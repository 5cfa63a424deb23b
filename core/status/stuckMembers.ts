import { latestPast } from "./clockSkew";
import type { Evidence } from "./evidence";
import type { MemberStatus } from "./memberStatus";

/** The rows that are in progress for longer than `stuckAfterMinutes`, and how many of them have no usable time. */
export function stuckMembers(
  { now = new Date(), stuckAfterMinutes }: Evidence,
  inProgress: readonly MemberStatus[],
): { readonly stuck: readonly MemberStatus[]; readonly timeless: readonly MemberStatus[] } {
  if (stuckAfterMinutes === undefined) return { stuck: [], timeless: [] };
  const since = new Date(now.getTime() - stuckAfterMinutes * 60_000).toISOString();
  const latest = latestPast(now);
  // Without a time, or with one in the future, nothing shows that a row is not in progress for too long.
  const isTimeless = ({ lastUpdateTime: time }: MemberStatus): boolean => time === undefined || time > latest;
  const stuck = inProgress.filter((member) => isTimeless(member) || (member.lastUpdateTime ?? "") < since);
  return { stuck, timeless: stuck.filter(isTimeless) };
}
