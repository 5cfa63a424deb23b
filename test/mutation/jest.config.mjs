import process from "node:process";
import jestConfig from "../../jest.config.mjs";

const [{ modulePathIgnorePatterns, testEnvironment, transform }] = jestConfig.projects;

/** The tests of what is mutated. Those of the judgement make no call, and so every mutant can be put to all of them. */
const tests = {
  judging: ["policy/!(index|requiredPacks)", "core/{status,gate}/*", "core/aws/awsText", "provider/gateState"],
  gathering: [
    "core/aws/{aggregateStatus,excludedAccounts,memberStatusPages,onlyEntry,organization}",
    "core/lookup/*",
    "provider/dynamicProvider",
    "robustness/faults",
    "security/iam",
  ],
};

export default {
  rootDir: "../..",
  testEnvironment,
  transform,
  modulePathIgnorePatterns,
  testMatch: tests[process.env.MUTATE].map((pattern) => `<rootDir>/test/${pattern}.test.ts`),
  testSequencer: "<rootDir>/test/mutation/fastFirst.cjs",
  testRunner: "<rootDir>/test/mutation/jest-circus-failFast.cjs",
  testTimeout: 30_000,
  forceExit: true,
};
