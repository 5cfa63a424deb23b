// Stryker takes only a runner whose path names jest-circus.
const process = require("node:process");
const { createEmptyTestResult } = require("@jest/test-result");
const circus = require("jest-circus/runner");

/** The mutant that a test has failed with: what other tests make of it tells nothing more. */
let killed;

/** Jest's own runner, without the tests that would come after the first failure. */
module.exports = async function failFast(globalConfig, config, environment, runtime, testPath, send) {
  const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
  const isKilled = () => mutant !== undefined && killed === mutant;
  if (isKilled()) return skipped(testPath);
  const handle = environment.handleTestEvent?.bind(environment);
  environment.handleTestEvent = async (event, state) => {
    if (event.name === "test_fn_failure" || event.name === "hook_failure") killed = mutant;
    if (event.name === "test_start" && isKilled()) event.test.mode = "skip";
    await handle?.(event, state);
  };
  return circus(globalConfig, config, environment, runtime, testPath, send);
};

/** A file without a single test would be an error to Jest. */
function skipped(testFilePath) {
  const test = { ancestorTitles: [], failureDetails: [], failureMessages: [], numPassingAsserts: 0 };
  return {
    ...createEmptyTestResult(),
    skipped: true,
    testFilePath,
    numPendingTests: 1,
    testResults: [
      { ...test, duration: null, fullName: "skipped", location: null, status: "pending", title: "skipped" },
    ],
  };
}
