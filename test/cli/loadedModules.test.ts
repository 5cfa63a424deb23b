import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { readFile } from "node:fs/promises";
import { argumentFlags } from "../../cli/inFlags";
import { emulate } from "../builders/emulator";
import { bundle, environment } from "./commandLine";

/** All files that a command loads. */
async function loadedBy(...args: readonly string[]): Promise<string[]> {
  const script = `process.on("exit", () => process.stderr.write("\\n" + JSON.stringify(Object.keys(require.cache))));
    require(${JSON.stringify(bundle)});`;
  const { stderr } = await promisify(execFile)(process.execPath, ["-e", script, "--", ...args], {
    env: { ...environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    maxBuffer: 16 * 1024 * 1024,
  });
  return JSON.parse(stderr.slice(stderr.lastIndexOf("\n["))) as string[];
}

const pulumi = /\/node_modules\/@pulumi\/|\/dist\/(sdk|policy|provider)\//;

test("a lookup loads the AWS SDK, and nothing of Pulumi", async () => {
  const { endpoint } = await emulate({ packs: [{ name: "baseline", members: 1 }] });
  const loaded = await loadedBy("status", "baseline", "--endpoint-url", endpoint);
  expect(loaded).toContain(bundle);
  expect(loaded.filter((file) => file.includes("/@aws-sdk/client-config-service/"))).not.toEqual([]);
  expect(loaded.filter((file) => pulumi.test(file))).toEqual([]);
});

test.each(["--help", "--version"])("%s loads one file", async (flag) => {
  expect(await loadedBy(flag)).toEqual([bundle]);
});

test("the command is one file that any system can start, and names the licences of what is in it", async () => {
  expect(await readFile(bundle, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  const licences = await readFile(bundle.replace("main.js", "LICENSES.txt"), "utf8");
  for (const name of ["commander", "ora", "cli-table3"]) expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("the words that flags replace are still those of the errors", async () => {
  const sources = await Promise.all(
    [
      "core/errors/accessNextStep.ts",
      "core/errors/badResponseError.ts",
      "core/errors/credentialsNextSteps.ts",
      "core/errors/notSettledError.ts",
      "core/errors/timedOutError.ts",
      "core/errors/unreachableError.ts",
      "core/lookup/decideAllPacks.ts",
      "core/lookup/lookupRegions.ts",
    ].map((path) => readFile(`${__dirname}/../../${path}`, "utf8")),
  );
  // Some are made of parts.
  const made = ["regions: No region is set", "raise timeoutSeconds"];
  for (const [argument] of argumentFlags) {
    if (made.some((beginning) => argument.startsWith(beginning))) continue;
    expect({ argument, isThere: sources.some((text) => text.includes(argument)) }).toEqual({ argument, isThere: true });
  }
});
