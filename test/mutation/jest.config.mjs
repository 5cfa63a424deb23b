import process from "node:process";
import jestConfig from "../../jest.config.mjs";

const [{ modulePathIgnorePatterns, testEnvironment, transform }] = jestConfig.projects;

/** The tests of each group of mutated files. */
const tests = {
  judging: ["core/{status,gate}/*", "core/aws/awsText"],
  deciding: ["core/{status,gate}/*"],
  reporting: ["core/gate/{causes,failOn,report}", "core/statusFile/makeStatusFile", "core/text/shortList"],
  checks: [
    "core/checks/*",
    "core/gate/{gateChecks,toleranceCheck}",
    "core/status/packStatusChecks",
    "policy/policySettings",
    "tools/policyPackConfigSchema",
  ],
  state: ["provider/{gateState,memberGroups,packedMembers,unknown}"],
  handlers: ["provider/{dynamicProvider,gateHandlers,schema}", "provider/plugin/*"],
  policies: ["policy/!(index)"],
  caller: ["core/lookup/caller", "security/iam"],
  reading: [
    "core/aws/{aggregateStatus,excludedAccounts,memberStatusPages,onlyEntry,organization,organizationTree}",
    "core/lookup/{gatherPackStatus*,streamMemberStatuses}",
    "core/lookup/{lookUpAllPacks,regionPacks}",
  ],
  allPacks: ["core/lookup/lookUpAllPacks"],
  settling: ["core/lookup/waitForSettled"],
  gathering: [
    "core/lookup/!(caller|lookUpAllPacks|waitForSettled)",
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
  setupFiles: ["<rootDir>/test/mutation/withoutShrinking.cjs"],
  testSequencer: "<rootDir>/test/mutation/fastFirst.cjs",
  testRunner: "<rootDir>/test/mutation/jest-circus-failFast.cjs",
  testTimeout: 30_000,
  forceExit: true,
};
