import { outcomeOf } from "../../core/status/detailedStatus";
import type { EmulatedMember } from "./emulatedMembers";

/** What a put does. Each status that it leads to begins with this word. */
export type RolloutOperation = "CREATE" | "UPDATE";

/**
 * How the rows of a pack come to where they end: in their order, spread evenly over a time, by the wall clock.
 *
 * Nothing runs meanwhile: where the rows are is computed when they are read.
 */
export class Rollout {
  readonly #begin: readonly EmulatedMember[];
  readonly #end: readonly EmulatedMember[];
  /** When each row turns into what it is in the end, in milliseconds since 1970. */
  readonly #turns: readonly number[];
  readonly #finish: number;

  /** @param members - Each account's row in the end. A former member, `DELETE_*`, stands there from the start. */
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

  /** Whether there are rows that have not come to their end. */
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

/** The row of a former member: no put has to do with it. */
export function isFormer({ status }: EmulatedMember): boolean {
  return status.startsWith("DELETE_");
}

/** The pack-level status that goes with the rows. */
export function aggregateStatus(operation: RolloutOperation, rollout: Rollout): string {
  if (rollout.inProgress) return `${operation}_IN_PROGRESS`;
  const outcomes = new Set(rollout.rows.map(({ status }) => outcomeOf(status)));
  if (outcomes.has("failed")) return `${operation}_FAILED`;
  return outcomes.has("inProgress") ? `${operation}_IN_PROGRESS` : `${operation}_SUCCESSFUL`;
}
