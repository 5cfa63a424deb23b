import { askOnce, Child } from "../childProcess";
import type { GatherAnswer, GatherQuestion } from "../children/gatherer";
import { withEmulator } from "../emulatorProcess";
import type { BenchCase } from "../measurement";
import { median, spread } from "../pairs";

/**
 * How a lookup of all packs keeps to what AWS lets through: forty packs in each of three regions, each region with a token
 * bucket of 5 requests a second and 10 at once. A region needs a list before and after, and for each pack two pages of rows
 * and the aggregate. Each run has full buckets and a process of its own.
 */
export const allPacks: BenchCase = async ({ runs }) => {
  const rateLimit = { perSecond: 5, burst: 10 };
  const regions = ["us-east-1", "eu-west-1", "ap-southeast-2"];
  const [packsInRegion, members] = [40, 200];
  const packs = regions.flatMap((region) =>
    Array.from({ length: packsInRegion }, (_, index) => ({ name: `pack-${index}`, region, members })),
  );
  const needed = packsInRegion * (members / 100 + 1) + 2;
  const ideal = ((needed - rateLimit.burst) / rateLimit.perSecond) * 1_000;
  const turns = runs(3);
  const times: number[] = [];
  const sent: number[] = [];
  let wrong = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    await withEmulator({ packs, rateLimit }, async ({ endpoint, requests }) => {
      const { counts, milliseconds } = await askOnce(new Child<GatherQuestion, GatherAnswer>("gatherer"), {
        endpoint,
        kind: "allPacks",
        packs: [{ name: "*", regions }],
      });
      times.push(milliseconds);
      sent.push((await requests()).length);
      wrong += Math.abs(packsInRegion - counts.length);
      wrong += counts.filter(({ total }) => total !== members * regions.length).length;
    });
  }
  const what = "All packs, 40 in each of 3 regions, where 5 requests a second are let through in each";
  return {
    measurements: [
      {
        what: `${what}: the time, to the ideal`,
        unit: "ratio",
        value: median(times) / ideal,
        limit: { most: 1.2 },
        runs: turns,
        detail: `${spread(times)} to ${spread([ideal])}`,
      },
      {
        what: `${what}: requests sent, to those needed`,
        unit: "ratio",
        value: median(sent) / (needed * regions.length),
        limit: { most: 1.2 },
        runs: turns,
        detail: `${sent.join(", ")} to ${needed * regions.length}`,
      },
      {
        what: `${what}: packs with a wrong count`,
        unit: "count",
        value: wrong,
        limit: { most: 0 },
        runs: turns,
        detail: `of ${packsInRegion * turns}`,
      },
    ],
  };
};
