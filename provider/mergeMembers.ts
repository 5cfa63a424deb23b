import { isDeepStrictEqual } from "node:util";
import { harmless } from "./harmless";
import { bySeverity, type MemberStatus } from "./memberStatus";

const listed = 5;

/** The rows of one region, one an account, whatever the pages repeated. */
export class MergedMembers {
  readonly #members = new Map<string, MemberStatus>();
  readonly #conflicts = new Map<string, string>();

  /**
   * Takes a row in. AWS's pages are no snapshot: a row that changes while they are read can come twice.
   * The newer one counts, and where the times do not tell, the worse one.
   */
  add(member: MemberStatus): void {
    const other = this.#members.get(member.accountId);
    if (other === undefined) {
      this.#members.set(member.accountId, member);
    } else {
      const [kept, dropped] = supersedes(member, other) ? [member, other] : [other, member];
      this.#members.set(member.accountId, kept);
      // Rows that differ in their times alone say the same.
      if (isDeepStrictEqual({ ...kept, lastUpdateTime: "" }, { ...dropped, lastUpdateTime: "" })) return;
      this.#conflicts.set(
        member.accountId,
        `${member.accountId} (${harmless(kept.status, 40)}, not ${harmless(dropped.status, 40)})`,
      );
    }
  }

  /** Takes in the rows of another reading, and what is to tell of them. */
  merge(others: MergedMembers): this {
    for (const [accountId, conflict] of others.#conflicts) this.#conflicts.set(accountId, conflict);
    for (const member of others.#members.values()) this.add(member);
    return this;
  }

  get members(): readonly MemberStatus[] {
    return [...this.#members.values()];
  }

  /** What to tell of the accounts that had two different rows. */
  get remarks(): readonly string[] {
    if (this.#conflicts.size === 0) return [];
    const shown = [...this.#conflicts.values()].sort();
    const more = shown.length > listed ? `, and ${String(shown.length - listed)} more` : "";
    return [`Rows changed while they were read; the newer one counts: ${shown.slice(0, listed).join(", ")}${more}.`];
  }
}

function supersedes(a: MemberStatus, b: MemberStatus): boolean {
  // ISO 8601 in UTC sorts as text. Without both times nothing says which is newer, so the worse one counts.
  const [timeA, timeB] = [a.lastUpdateTime, b.lastUpdateTime];
  if (timeA !== undefined && timeB !== undefined && timeA !== timeB) return timeA > timeB;
  return bySeverity(a.status, b.status) > 0;
}
