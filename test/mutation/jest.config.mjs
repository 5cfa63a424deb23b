import process from "node:process";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** The tests of what is mutated. Those of the judgement make no call, and so every mutant can be put to all of them. */
const tests = {
  judging: [
    "policy/!(index|requiredPacks)",
    "provider/{awsText,expectation,gateArgs,isSettled,memberStatus,mergeMembers,packStatusState,report,tolerance,verdict}",
  ],
  gathering: [
    "provider/{gatherPackStatus*,memberStatusPages,organization,packStatusProvider,waitForSettled}",
    "robustness/faults",
  ],
};

export default {
  rootDir: "../..",
  testEnvironment: "node",
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json" }] },
  modulePathIgnorePatterns: ["<rootDir>/dist/.*package.json"],
  testMatch: tests[process.env.MUTATE].map((pattern) => `<rootDir>/test/${pattern}.test.ts`),
  testSequencer: "<rootDir>/test/mutation/fastFirst.cjs",
  testRunner: "<rootDir>/test/mutation/jest-circus-failFast.cjs",
  testTimeout: 10_000,
  forceExit: true,
};
