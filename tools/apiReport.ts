import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { join } from "node:path";

/** The entry points, and the names of their reports in api/. */
const entryPoints = { sdk: "sdk/nodejs", core: "core", provider: "provider", policy: "policy", testing: "emulator" };

const repository = join(__dirname, "..");
const update = process.argv.includes("--update");

const changed = Object.entries(entryPoints).filter(([name, folder]) => {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(repository, "package.json"),
    configObject: {
      projectFolder: repository,
      mainEntryPointFilePath: join(repository, "dist", folder, "index.d.ts"),
      compiler: { tsconfigFilePath: join(repository, "tsconfig.json") },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(repository, "api"),
        reportTempFolder: join(repository, "coverage", "api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: { "ae-missing-release-tag": { logLevel: "none" as never } },
        tsdocMessageReporting: { default: { logLevel: "none" as never } },
      },
    },
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: update,
    showVerboseMessages: false,
    messageCallback: (message) => {
      // Reported once, below, with the command that updates the reports.
      if (message.messageId.startsWith("console-")) message.handled = true;
    },
  });
  if (errorCount > 0 && !apiReportChanged) throw new Error(`The API of ${name} could not be read.`);
  return apiReportChanged;
});

if (changed.length > 0 && !update) {
  process.stderr.write(
    `The public API of ${changed.map(([name]) => name).join(", ")} differs from the reports in api/. If you intend the change, run: npm run api:update\n`,
  );
  process.exitCode = 1;
}
