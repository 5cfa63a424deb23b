import process from "node:process";
import jestConfig from "../../jest.config.mjs";
import groups from "./groups.json" with { type: "json" };

const [{ modulePathIgnorePatterns, testEnvironment, transform }] = jestConfig.projects;

export default {
  rootDir: "../..",
  testEnvironment,
  transform,
  modulePathIgnorePatterns,
  testMatch: groups[process.env.MUTATE].tests.map((pattern) => `<rootDir>/test/${pattern}.test.ts`),
  setupFiles: ["<rootDir>/test/mutation/withoutShrinking.cjs"],
  testSequencer: "<rootDir>/test/mutation/fastFirst.cjs",
  testRunner: "<rootDir>/test/mutation/jest-circus-failFast.cjs",
  testTimeout: 30_000,
  forceExit: true,
};
