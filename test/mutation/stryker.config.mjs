import { availableParallelism } from "node:os";
import process from "node:process";

/** What is mutated, by what it is put to: `npm run test:mutation` takes one after the other. */
const mutate = {
  judging: [
    "core/{status,gate}/*.ts",
    "core/aws/awsText.ts",
    "policy/{freshness,judgedResources,readStatus,settled,statusPolicy}.ts",
  ],
  gathering: [
    "core/aws/{aggregateStatus,excludedAccounts,memberStatusPages,memberStatusRow,nextToken,onlyEntry,organization,organizationAccounts}.ts",
    "core/lookup/!(caller|question|visiblePacks).ts",
  ],
};

export default {
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "test/mutation/jest.config.mjs", enableFindRelatedTests: false },
  mutate: mutate[process.env.MUTATE],
  coverageAnalysis: "perTest",
  // The tests of the gathering mostly wait, for the network or for a limit.
  ...(process.env.MUTATE === "gathering" && { concurrency: 2 * availableParallelism() }),
  // They wait for a busy machine too: what is slow is not killed.
  timeoutMS: 20_000,
  timeoutFactor: 2,
  thresholds: { high: 100, low: 90, break: 90 },
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `coverage/mutation-${process.env.MUTATE}.json` },
  tempDirName: ".stryker",
  ignorePatterns: ["/dist", "/bench/dist", "/coverage"],
};
