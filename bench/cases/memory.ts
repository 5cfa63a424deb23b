import { askOnce, Child } from "../childProcess";
import type { GatherAnswer, GatherQuestion } from "../children/gatherer";
import { withEmulator } from "../emulatorProcess";
import { withGatherer } from "../gathering";
import { type BenchCase, expectThat } from "../measurement";
import { alternate, median, medianRatio, spread } from "../pairs";

const megabyte = 1_000_000;

/**
 * What a gather of the largest organization takes: resident memory over that of a process that has loaded everything
 * and gathered one row, and whether a row takes longer where there are more of them.
 */
export const memory: BenchCase = async ({ runs }) => {
  const [small, large] = [10_000, 50_000];
  const [processes, turns] = [runs(5), runs(9)];
  const packs = Object.entries({ one: 1, small, large }).map(([name, members]) => ({ name, members }));
  return withEmulator({ packs }, async ({ endpoint }) => {
    const idle: number[] = [];
    const added: number[] = [];
    for (let run = 0; run < processes; run += 1) {
      const { counts, memory: watched } = await askOnce(
        new Child<GatherQuestion, GatherAnswer>("gatherer", { nodeArgs: ["--expose-gc"] }),
        { endpoint, kind: "memory", packs: [{ name: "one" }, { name: "large" }] },
      );
      expectThat(counts[0]?.total === large, "all rows came");
      const { idleBytes, peakBytes } = watched ?? { idleBytes: NaN, peakBytes: NaN };
      idle.push(idleBytes / megabyte);
      added.push((peakBytes - idleBytes) / megabyte);
    }
    const times = await withGatherer(endpoint, (gather) =>
      alternate(turns, {
        large: () => gather("package", { total: large }, { name: "large" }),
        small: () => gather("package", { total: small }, { name: "small" }),
      }),
    );
    return {
      measurements: [
        {
          what: "Peak resident memory of a gather of 50,000 accounts, above that of the idle process",
          unit: "megabytes",
          value: median(added),
          limit: { most: 80 },
          runs: processes,
          detail: `${added.map((each) => each.toFixed(0)).join(", ")} MB; idle ${median(idle).toFixed(0)} MB`,
        },
        {
          what: "Time of one row of 50,000 accounts, to one of 10,000, at 0 ms a request",
          unit: "ratio",
          value: medianRatio(times.large, times.small) / (large / small),
          limit: { most: 1.25 },
          runs: turns,
          detail: `${spread(times.large)} to ${spread(times.small)}`,
        },
      ],
    };
  });
};
