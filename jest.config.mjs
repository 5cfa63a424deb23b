import { availableParallelism } from "node:os";
import process from "node:process";

// Workers inherit it: the SDK's advice on Node.js versions would stand between the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** What both projects share. */
const shared = {
  testEnvironment: "node",
  transform: { "\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json" }] },
  // The package itself, as a program imports it: built.
  modulePathIgnorePatterns: ["<rootDir>/dist/.*package.json"],
};

export default {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "/test/e2e/"],
    },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      globalSetup: "<rootDir>/test/e2e/globalSetup.ts",
      setupFiles: ["<rootDir>/test/e2e/ownConnections.ts"],
    },
  ],
  testTimeout: 120_000,
  // A test often waits: for the engine, for a wait, for a limit that it is about.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
};
