import { withEmulator } from "../emulatorProcess";
import { packName, withGatherer } from "../gathering";
import type { BenchCase, Measurement } from "../measurement";
import { alternate, medianRatio, spread } from "../pairs";

/**
 * How much longer a full gather takes than its requests alone. The pages of AWS's call cannot be asked for at the same
 * time, so the floor is the AWS SDK making the same 101 requests one after the other, with a client that is configured
 * in the same way. What is above it is what this package does with the rows.
 */
export const gather: BenchCase = async ({ runs }) => {
  const members = 10_000;
  const measurements: Measurement[] = [];
  for (const [latencyMs, turns] of [
    [0, runs(21)],
    [20, runs(9)],
    [50, runs(5)],
  ] as const) {
    const times = await withEmulator({ latencyMs, packs: [{ name: packName, members }] }, ({ endpoint }) =>
      withGatherer(endpoint, (gather) =>
        alternate(turns, {
          package: () => gather("package", { total: members }),
          floor: () => gather("floor", { total: members }),
        }),
      ),
    );
    measurements.push({
      what: `Full gather of 10,000 accounts at ${latencyMs} ms a request, to the same 101 requests with the bare AWS SDK`,
      unit: "ratio",
      value: medianRatio(times.package, times.floor),
      limit: { most: latencyMs === 0 ? 1.1 : 1.05 },
      runs: turns,
      detail: `${spread(times.package)} to ${spread(times.floor)}`,
    });
  }
  return { measurements };
};
