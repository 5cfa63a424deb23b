import process from "node:process";

/** What is mutated, by what it is put to: `npm run test:mutation` takes one after the other. */
const mutate = {
  judging: [
    "provider/{awsText,expectation,gateArgs,isSettled,memberStatus,mergeMembers,tolerance,verdict}.ts",
    "policy/{freshness,judgedResources,readStatus,settled,statusPolicy}.ts",
  ],
  gathering: [
    "provider/{aggregateStatus,excludedAccounts,gatherPackStatus,memberStatusPages,onlyEntry,organization,waitForSettled}.ts",
  ],
};

export default {
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "test/mutation/jest.config.mjs", enableFindRelatedTests: false },
  mutate: mutate[process.env.MUTATE],
  coverageAnalysis: "perTest",
  // A mutant that lives is asked of every test that meets it, and those of the network wait.
  timeoutMS: 5_000,
  timeoutFactor: 1.2,
  reporters: ["progress-append-only", "clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `coverage/mutation-${process.env.MUTATE}.json` },
  tempDirName: ".stryker",
  ignorePatterns: ["/dist", "/bench/dist", "/coverage"],
};
