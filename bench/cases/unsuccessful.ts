import { roundTrips, withEmulator } from "../emulatorProcess";
import { packName, withGatherer } from "../gathering";
import type { BenchCase } from "../measurement";
import { alternate, median, medianRatio, spread } from "../pairs";

/**
 * What `detail: "unsuccessful"` saves: it asks only for rows that are failed or in progress, all such statuses at the
 * same time. Its round trips are counted at the emulator, as the most requests of which no two overlapped.
 */
export const unsuccessful: BenchCase = async ({ runs }) => {
  const [members, failing, latencyMs] = [10_000, 20, 50];
  const turns = runs(5);
  const trips: number[] = [];
  const sent: number[] = [];
  const times = await withEmulator(
    { latencyMs, packs: [{ name: packName, members, failing }] },
    ({ endpoint, requests }) =>
      withGatherer(endpoint, (gather) =>
        alternate(turns, {
          all: () => gather("package", { total: members, failed: failing }),
          unsuccessful: async () => {
            await requests();
            const time = await gather("package", { total: failing, failed: failing }, { detail: "unsuccessful" });
            const made = await requests();
            trips.push(roundTrips(made, latencyMs));
            sent.push(made.length);
            return time;
          },
        }),
      ),
  );
  return {
    measurements: [
      {
        what: 'Round trips of `detail: "unsuccessful"`, 10,000 accounts of which 20 failed',
        unit: "count",
        value: median(trips),
        limit: { most: 3 },
        runs: trips.length,
        detail: `${median(sent)} requests; from ${Math.min(...trips)} to ${Math.max(...trips)} round trips`,
      },
      {
        what: 'Full gather at 50 ms a request, to `detail: "unsuccessful"`',
        unit: "ratio",
        value: medianRatio(times.all, times.unsuccessful),
        limit: { least: 30 },
        runs: turns,
        detail: `${spread(times.all)} to ${spread(times.unsuccessful)}`,
      },
    ],
    notes: [
      "Round trips are the most requests of which no two were under way at the same time, by the emulator's clock: requests that are sent together count once.",
    ],
  };
};
