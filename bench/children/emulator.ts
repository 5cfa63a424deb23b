import { performance } from "node:perf_hooks";
import { type Emulator, type EmulatorOptions, startEmulator } from "pulumi-org-conformance/testing";
import { serve } from "./serve";

/** One request that the emulator answered. */
export interface AnsweredRequest {
  readonly operation: string;
  /** When its answer was made, in milliseconds of the emulator's clock: `latencyMs` after it came in. */
  readonly answeredAt: number;
}

/** What the emulator's process says. */
export interface EmulatorReport {
  readonly endpoint: string;
  /** The requests since the last report. */
  readonly requests: readonly AnsweredRequest[];
}

let emulator: Emulator | undefined;
let requests: AnsweredRequest[] = [];

// The first message says how the emulator starts; each one is answered with a report.
serve(async (options: EmulatorOptions): Promise<EmulatorReport> => {
  emulator ??= await startEmulator({
    ...options,
    onRequest: ({ operation }) => {
      requests.push({ operation, answeredAt: performance.now() });
    },
  });
  const report = { endpoint: emulator.endpoint, requests };
  requests = [];
  return report;
});
