import type { PackStatusArgs } from "pulumi-org-conformance/core";
import { Child } from "./childProcess";
import type { GatherAnswer, GatherQuestion } from "./children/gatherer";
import { expectThat } from "./measurement";

/** The pack of the emulators that have one pack. */
export const packName = "security-baseline";

/** Gathers in a process that stays, so that start-up is not measured; answers with the milliseconds. */
export type Gather = (kind: "package" | "floor", expected: Expected, args?: Partial<PackStatusArgs>) => Promise<number>;

/** What must be counted, so that a time is one of the whole work. */
export interface Expected {
  readonly total: number;
  readonly failed?: number;
}

/** Runs `use` with a process that gathers from an emulator. */
export async function withGatherer<T>(endpoint: string, use: (gather: Gather) => Promise<T>): Promise<T> {
  const child = new Child<GatherQuestion, GatherAnswer>("gatherer");
  try {
    return await use(async (kind, { failed = 0, total }, args = {}) => {
      const answer = await child.ask({ endpoint, kind, packs: [{ name: packName, ...args }] });
      const [counts] = answer.counts;
      expectThat(
        counts?.total === total && (counts.failed ?? failed) === failed,
        `${total} rows come, of which ${failed} failed, not ${JSON.stringify(counts)}`,
      );
      return answer.milliseconds;
    });
  } finally {
    await child.stop();
  }
}
