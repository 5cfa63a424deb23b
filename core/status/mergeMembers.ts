import { isDeepStrictEqual } from "node:util";
import { sanitize } from "../text/sanitize";
import { shortList } from "../text/shortList";
import { reason, type Reason } from "./reasons";
import { bySeverity, outcomeOf } from "./detailedStatus";
import type { MemberStatus } from "./memberStatus";

const shown = 5;

/** The rows of one region: one an account, even where pages repeat them. */
export class MergedMembers {
  readonly #members = new Map<string, MemberStatus>();
  /** By account, the rows whose pack has another name there than that of the account's row in `#members`. */
  readonly #namesakes = new Map<string, Map<string, MemberStatus>>();
  readonly #conflicts = new Map<string, string>();

  /**
   * Adds a row. AWS's pages are not a snapshot: a row that changes while they are read can come twice. The newer one
   * counts; if the times don't show which is newer, the worse one counts. Rows with different pack names are not versions
   * of one row: each is kept, and the worst one counts.
   */
  add(member: MemberStatus): void {
    const { accountId, conformancePackName: name } = member;
    const first = this.#members.get(accountId);
    if (first === undefined || first.conformancePackName === name) {
      this.#members.set(accountId, this.#newer(member, first));
    } else {
      const others = this.#namesakes.get(accountId) ?? new Map<string, MemberStatus>();
      this.#namesakes.set(accountId, others.set(name, this.#newer(member, others.get(name))));
    }
  }

  /** Adds the rows of another reading, and its remarks. */
  merge(others: MergedMembers): this {
    for (const [accountId, conflict] of others.#conflicts) this.#conflicts.set(accountId, conflict);
    for (const member of others.#members.values()) this.add(member);
    for (const namesakes of others.#namesakes.values()) for (const member of namesakes.values()) this.add(member);
    return this;
  }

  get members(): readonly MemberStatus[] {
    if (this.#namesakes.size === 0) return [...this.#members.values()];
    return [...this.#members].map(([accountId, member]) => this.#byWorst(accountId, member)[0] ?? member);
  }

  /** Remarks: accounts that had two versions of a row, and accounts whose rows have different pack names. */
  get remarks(): readonly Reason[] {
    const differing = [...this.#namesakes.keys()].flatMap((accountId) => {
      const [kept, ...others] = this.#byWorst(accountId, this.#members.get(accountId));
      if (kept === undefined || others.length === 0) return [];
      return `${accountId} (${inWords(kept)}, not ${others.map(inWords).join(" or ")})`;
    });
    return [
      ...remark(
        "rowsChanged",
        "Rows changed while they were read; the newer one counts, or the worse one where the times do not tell",
        [...this.#conflicts.values()],
      ),
      ...remark("packNamesDiffer", "Rows of one account have different pack names; the worst one counts", differing),
    ];
  }

  #newer(member: MemberStatus, other: MemberStatus | undefined): MemberStatus {
    if (other === undefined) return member;
    const [kept, dropped] = supersedes(member, other) ? [member, other] : [other, member];
    // Rows that differ only in their time are the same news.
    if (!isDeepStrictEqual({ ...kept, lastUpdateTime: "" }, { ...dropped, lastUpdateTime: "" })) {
      this.#conflicts.set(
        member.accountId,
        `${member.accountId} (${sanitize(kept.status, 40)}, not ${sanitize(dropped.status, 40)})`,
      );
    }
    return kept;
  }

  /** An account's rows, one a pack name, the one that counts first. A deleted pack says nothing about another. */
  #byWorst(accountId: string, first: MemberStatus | undefined): readonly MemberStatus[] {
    const namesakes = this.#namesakes.get(accountId);
    if (first === undefined || namesakes === undefined) return first ? [first] : [];
    // By name, so that the order of the pages decides nothing.
    const all = [first, ...namesakes.values()].sort((a, b) => (a.conformancePackName < b.conformancePackName ? -1 : 1));
    const present = all.filter(({ status }) => outcomeOf(status) !== "deleted");
    if (present.length === 0) return all.slice(0, 1);
    return present.sort((a, b) => bySeverity(b.status, a.status));
  }
}

function remark(code: "rowsChanged" | "packNamesDiffer", what: string, accounts: readonly string[]): Reason[] {
  if (accounts.length === 0) return [];
  return [reason(code, { message: `${what}: ${shortList(accounts.toSorted(), shown)}.` })];
}

function inWords({ conformancePackName, status }: MemberStatus): string {
  return `${sanitize(status, 40)} of ${sanitize(conformancePackName, 128)}`;
}

function supersedes(a: MemberStatus, b: MemberStatus): boolean {
  // ISO 8601 in UTC sorts as text. Without both times nothing says which is newer, so the worse one counts.
  const [timeA, timeB] = [a.lastUpdateTime, b.lastUpdateTime];
  if (timeA !== undefined && timeB !== undefined && timeA !== timeB) return timeA > timeB;
  return bySeverity(a.status, b.status) > 0;
}
