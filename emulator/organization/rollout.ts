import type { EmulatedMember } from "./emulatedMembers";

/** A put creates or updates. The statuses that it leads to begin with this word. */
export type RolloutOperation = "CREATE" | "UPDATE";

/**
 * The rows of a pack while a put reaches its members: one finishes after another, evenly spread over the duration.
 *
 * No timer runs: the rows are computed from the wall clock whenever they are read.
 */
export class Rollout {
  readonly #begin: readonly EmulatedMember[];
  readonly #end: readonly EmulatedMember[];
  /** When each row reaches its end, in milliseconds since 1970. */
  readonly #turns: readonly number[];
  readonly #finish: number;

  /** @param members - Each account's row at the end. A former member, `DELETE_*`, has it from the start. */
  constructor(operation: RolloutOperation, members: readonly EmulatedMember[], startedAt: Date, durationMs: number) {
    const start = startedAt.getTime();
    const rolling = members.filter((member) => !isFormer(member)).length;
    let turned = 0;
    this.#finish = start + durationMs;
    this.#turns = members.map((member) =>
      isFormer(member) ? start : Math.round(start + (durationMs * (turned += 1)) / rolling),
    );
    this.#end = members.map((member, index) => ({
      lastUpdateTime: new Date(this.#turns[index] ?? start),
      ...member,
    }));
    this.#begin = this.#end.map((member) =>
      isFormer(member)
        ? member
        : {
            accountId: member.accountId,
            status: `${operation}_IN_PROGRESS`,
            lastUpdateTime: startedAt,
            ...(member.conformancePackName !== undefined && { conformancePackName: member.conformancePackName }),
          },
    );
  }

  /** True until every row has reached its end. */
  get inProgress(): boolean {
    return Date.now() < this.#finish;
  }

  /** The rows as they are now. */
  get rows(): readonly EmulatedMember[] {
    const now = Date.now();
    if (now >= this.#finish) return this.#end;
    return this.#end.map((member, index) =>
      (this.#turns[index] ?? 0) <= now ? member : (this.#begin[index] ?? member),
    );
  }
}

/** True for the row of a former member, which no put changes. */
export function isFormer({ status }: EmulatedMember): boolean {
  return status.startsWith("DELETE_");
}
