import { askOnce, Child } from "../childProcess";
import type { GatherAnswer, GatherQuestion } from "../children/gatherer";
import { withEmulator } from "../emulatorProcess";
import type { BenchCase } from "../measurement";
import { median, spread } from "../pairs";

/**
 * How lookups that run at the same time share what AWS lets through. Ten packs need 110 requests; a token bucket of 5 a
 * second and 10 at once lets them through in 20 seconds at best. Each run has a full bucket and a process of its own.
 */
export const throttled: BenchCase = async ({ runs }) => {
  const rateLimit = { perSecond: 5, burst: 10 };
  const packs = Array.from({ length: 10 }, (_, index) => ({ name: `pack-${index}`, members: 1_000, failing: index }));
  const needed = packs.length * (10 + 1);
  const ideal = ((needed - rateLimit.burst) / rateLimit.perSecond) * 1_000;
  const turns = runs(3);
  const times: number[] = [];
  const sent: number[] = [];
  let wrong = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    await withEmulator({ packs, rateLimit }, async ({ endpoint, requests }) => {
      const { counts, milliseconds } = await askOnce(new Child<GatherQuestion, GatherAnswer>("gatherer"), {
        endpoint,
        kind: "package",
        packs: packs.map(({ name }) => ({ name })),
      });
      times.push(milliseconds);
      sent.push((await requests()).length);
      wrong += packs.filter(
        ({ failing, members }, index) => counts[index]?.total !== members || counts[index].failed !== failing,
      ).length;
    });
  }
  const what = "Ten packs of 1,000 accounts at once, where 5 requests a second are let through";
  return {
    measurements: [
      {
        what: `${what}: the time, to the ideal`,
        unit: "ratio",
        value: median(times) / ideal,
        limit: { most: 1.15 },
        runs: turns,
        detail: `${spread(times)} to ${spread([ideal])}`,
      },
      {
        what: `${what}: requests sent, to those needed`,
        unit: "ratio",
        value: median(sent) / needed,
        limit: { most: 1.2 },
        runs: turns,
        detail: `${sent.join(", ")} to ${needed}`,
      },
      {
        what: `${what}: packs with a wrong count`,
        unit: "count",
        value: wrong,
        limit: { most: 0 },
        runs: turns,
        detail: `of ${packs.length * turns}`,
      },
    ],
  };
};
