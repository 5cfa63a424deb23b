import type { EmulatorOptions } from "pulumi-org-conformance/testing";
import { Child } from "./childProcess";
import type { AnsweredRequest, EmulatorReport } from "./children/emulator";

/** The emulator, in a process of its own: it shares no event loop with what is measured. */
export interface EmulatorProcess {
  readonly endpoint: string;
  /** The requests since this was last asked. */
  readonly requests: () => Promise<readonly AnsweredRequest[]>;
}

/** Runs `use` with an emulator. */
export async function withEmulator<T>(
  options: EmulatorOptions,
  use: (emulator: EmulatorProcess) => Promise<T>,
): Promise<T> {
  const child = new Child<EmulatorOptions, EmulatorReport>("emulator");
  try {
    const { endpoint } = await child.ask(options);
    return await use({ endpoint, requests: async () => (await child.ask({})).requests });
  } finally {
    await child.stop();
  }
}

/**
 * How many round trips were made one after the other: the most requests of which no two were under way at the same
 * time. Each is taken to be under way for the latency that ends with its answer, which is the least it can be.
 */
export function roundTrips(requests: readonly AnsweredRequest[], latencyMs: number): number {
  let [trips, free] = [0, -Infinity];
  for (const answeredAt of requests.map((request) => request.answeredAt).sort((a, b) => a - b)) {
    if (answeredAt - latencyMs < free) continue;
    trips += 1;
    free = answeredAt;
  }
  return trips;
}
