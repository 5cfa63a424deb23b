import { availableParallelism } from "node:os";
import process from "node:process";

/** The mutated files, by the tests that are run for them: `npm run test:mutation` takes one group after the other. */
const mutate = {
  judging: ["core/status/!(packStatusChecks).ts", "core/aws/awsText.ts"],
  deciding: [
    "core/gate/!(accountCounts|causes|gateChecks|report|reportChecks|requiredPacks|toleranceCheck|tolerations).ts",
  ],
  reporting: ["core/gate/{accountCounts,causes,report,tolerations}.ts", "core/text/shortList.ts"],
  checks: [
    "core/checks/*.ts",
    "core/gate/{gateChecks,reportChecks,requiredPacks,toleranceCheck}.ts",
    "core/status/packStatusChecks.ts",
  ],
  state: ["provider/{accountGroup,gateState,memberGroups,packedMembers}.ts"],
  handlers: ["provider/{gateHandlers,gateInputs}.ts"],
  policies: ["policy/!(index|main).ts"],
  caller: ["core/lookup/{caller,question,visiblePacks}.ts"],
  reading: [
    "core/aws/{aggregateStatus,excludedAccounts,memberStatusPages,memberStatusRow,nextToken,onlyEntry,packList,pages,visiblePackNames}.ts",
    "core/aws/{organization,organizationAccounts,organizationTree}.ts",
  ],
  gathering: ["core/lookup/!(caller|lookUpAllPacks|question|visiblePacks|waitForSettled|waitProgress).ts"],
  allPacks: ["core/lookup/lookUpAllPacks.ts"],
  settling: ["core/lookup/{waitForSettled,waitProgress}.ts"],
};

/** The groups whose tests mostly wait, for the network or for a limit. */
const waiting = ["allPacks", "caller", "gathering", "handlers", "reading", "settling"];

export default {
  testRunner: "jest",
  jest: { projectType: "custom", configFile: "test/mutation/jest.config.mjs", enableFindRelatedTests: false },
  mutate: mutate[process.env.MUTATE],
  coverageAnalysis: "perTest",
  ...(waiting.includes(process.env.MUTATE) && { concurrency: 2 * availableParallelism() }),
  // They wait for a busy machine too: what is slow is not killed.
  timeoutMS: 20_000,
  timeoutFactor: 2,
  thresholds: { high: 100, low: 90, break: 90 },
  reporters: ["progress-append-only", "clear-text"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: ".stryker",
  ignorePatterns: ["/dist", "/bench/dist", "/coverage"],
};
