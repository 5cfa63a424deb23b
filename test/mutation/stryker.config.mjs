import { availableParallelism } from "node:os";
import process from "node:process";
import groups from "./groups.json" with { type: "json" };

const { mutate, waits } = groups[process.env.MUTATE];

export default {
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "test/mutation/jest.config.mjs", enableFindRelatedTests: false },
  mutate,
  coverageAnalysis: "perTest",
  // Where tests mostly wait, for the network or for a limit, more of them run at a time.
  ...(waits && { concurrency: 2 * availableParallelism() }),
  // They wait for a busy machine too: what is slow is not killed.
  timeoutMS: 20_000,
  timeoutFactor: 2,
  thresholds: { high: 100, low: 90, break: 90 },
  reporters: ["progress-append-only", "clear-text"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: ".stryker",
  ignorePatterns: ["/dist", "/bench/dist", "/coverage"],
};
