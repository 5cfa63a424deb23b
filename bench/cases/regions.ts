import { withEmulator } from "../emulatorProcess";
import { packName, withGatherer } from "../gathering";
import type { BenchCase, Measurement } from "../measurement";
import { alternate, median, spread } from "../pairs";

/** The regions that are on in every account. */
const enabledRegions = [
  ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"],
  ...["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
  ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
];

/**
 * Whether regions are read at the same time: all of them together take little more than the one that takes longest by
 * itself. The median of each region's times is taken before the longest, which noise would pick otherwise.
 *
 * The faster the answers, the more it is the processor that is measured: at 20 ms a request, 187 requests are to be made
 * and answered within the time of 11, by one process each.
 */
export const regions: BenchCase = async ({ runs }) => {
  const members = 1_000;
  const turns = runs(9);
  const packs = enabledRegions.map((region) => ({ name: packName, region, members }));
  const measurements: Measurement[] = [];
  for (const latencyMs of [50, 20]) {
    const times = await withEmulator({ latencyMs, packs }, ({ endpoint }) =>
      withGatherer(endpoint, (gather) =>
        alternate<string>(turns, {
          all: () => gather("package", { total: members * packs.length }, { regions: enabledRegions }),
          ...Object.fromEntries(
            enabledRegions.map((region) => [
              region,
              () => gather("package", { total: members }, { regions: [region] }),
            ]),
          ),
        }),
      ),
    );
    const all = times.all ?? [];
    const [slowest = []] = enabledRegions.map((region) => times[region] ?? []).sort((a, b) => median(b) - median(a));
    measurements.push({
      what: `17 regions of 1,000 accounts at ${latencyMs} ms a request, to the slowest of them alone`,
      unit: "ratio",
      value: median(all) / median(slowest),
      // At 20 ms it is this machine that is measured.
      ...(latencyMs === 50 && { limit: { most: 1.2 } }),
      runs: turns,
      detail: `${spread(all)} to ${spread(slowest)}`,
    });
  }
  return { measurements };
};
