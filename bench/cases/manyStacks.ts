import { askOnce, Child } from "../childProcess";
import type { GatherAnswer, GatherQuestion } from "../children/gatherer";
import { withEmulator } from "../emulatorProcess";
import { packName } from "../gathering";
import { type BenchCase, expectThat, type Measurement } from "../measurement";
import { spread } from "../pairs";

const stacks = 20;
const [members, failing] = [10_000, 20];
/** What AWS lets through, times ten: the whole case would take eight minutes otherwise. */
const rateLimit = { perSecond: 50, burst: 100 };

/**
 * What 20 stacks of an organization of 10,000 accounts wait that preview at the same moment: each has a process of its own,
 * and all share one token bucket. Nothing but AWS's throttling tells one process of the others.
 */
export const manyStacks: BenchCase = async ({ runs }) => {
  const measurements: Measurement[] = [];
  const medians: number[] = [];
  for (const detail of ["all", "unsuccessful"] as const) {
    const times: number[] = [];
    const sent: number[] = [];
    for (let turn = 0; turn < runs(1); turn += 1) {
      await withEmulator(
        { packs: [{ name: packName, members, failing }], rateLimit },
        async ({ endpoint, requests }) => {
          const answers = await Promise.all(
            Array.from({ length: stacks }, () =>
              askOnce(new Child<GatherQuestion, GatherAnswer>("gatherer"), {
                endpoint,
                kind: "package",
                packs: [{ name: packName, detail, timeoutSeconds: 900 }],
              }),
            ),
          );
          for (const { counts, milliseconds } of answers) {
            expectThat(counts[0]?.failed === failing, `each stack sees ${failing} failures`);
            times.push(milliseconds);
          }
          sent.push((await requests()).length);
        },
      );
    }
    const slowest = Math.max(...times);
    // A reading of all is 100 pages and the aggregate; of the unsuccessful, two rounds of six statuses and the aggregate, and
    // a look for each of the two successful statuses.
    const needed = stacks * (detail === "all" ? members / 100 + 1 : 2 * (6 + 1) + 2);
    const ideal = ((needed - rateLimit.burst) / rateLimit.perSecond) * 1_000;
    medians.push(slowest);
    measurements.push(
      {
        what: `20 stacks of 10,000 accounts at once, \`detail: "${detail}"\`: the slowest, to the ideal`,
        unit: "ratio",
        value: slowest / Math.max(ideal, 1),
        runs: times.length,
        detail: `${spread(times)} to ${spread([ideal])}`,
      },
      {
        what: `20 stacks of 10,000 accounts at once, \`detail: "${detail}"\`: requests sent, to those needed`,
        unit: "ratio",
        value: (sent[0] ?? 0) / needed,
        runs: sent.length,
        detail: `${sent.join(", ")} to ${needed}`,
      },
    );
  }
  const [all = 0, unsuccessful = 1] = medians;
  measurements.push({
    what: '20 stacks of 10,000 accounts at once: the slowest of `all`, to the slowest of `detail: "unsuccessful"`',
    unit: "ratio",
    value: all / unsuccessful,
    limit: { least: 3 },
    runs: 1,
    detail: `${spread([all])} to ${spread([unsuccessful])}`,
  });
  return {
    measurements,
    notes: ["20 stacks at once: 50 requests a second are let through, ten times what AWS is taken to let through."],
  };
};
