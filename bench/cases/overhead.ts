import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { policyPack, repository } from "../../tools/localStack";
import { askOnce, Child, runCommand } from "../childProcess";
import { withEmulator } from "../emulatorProcess";
import { packName } from "../gathering";
import { type Bench, type BenchCase, expectThat } from "../measurement";
import { alternate, median, medianDifference, medianRatio, spread } from "../pairs";
import { withStack } from "../previewing";

/**
 * What every preview pays for having the package there at all: the start of the policy pack, to that of a policy pack
 * with no policies; a gate, to a dynamic resource that does nothing; and the function with its modules, to a program that
 * does nothing.
 */
export const overhead: BenchCase = async (bench) => {
  const { pulumi, runs } = bench;
  const [packTurns, functionTurns] = [runs(15), runs(9)];
  const args = { name: packName };
  return withEmulator({ packs: [{ name: packName, members: 100 }] }, ({ endpoint, requests }) =>
    withStack(
      pulumi,
      endpoint,
      () => Promise.resolve(),
      async ({ folder, preview }) => {
        const emptyPack = await writeEmptyPack(join(folder, "empty-policy-pack"));
        const packs = await alternate(packTurns, {
          own: () => preview("empty", args, [policyPack]),
          empty: () => preview("empty", args, [emptyPack]),
        });
        const programs = await alternate(functionTurns, {
          function: async () => {
            const time = await preview("function", args, []);
            expectThat((await requests()).length === 2, "the function asked AWS for the rows and the aggregate");
            return time;
          },
          empty: () => preview("empty", args, []),
        });
        const resources = await alternate(functionTurns, {
          gate: () => preview("resource", args, []),
          nothing: () => preview("nothing", args, []),
        });
        return {
          measurements: [
            {
              what: "Preview of a program with a gate of 100 accounts, to one with a dynamic resource that does nothing",
              unit: "ratio",
              value: medianRatio(resources.gate, resources.nothing),
              limit: { most: 1.1 },
              runs: functionTurns,
              detail: `${spread(resources.gate)} to ${spread(resources.nothing)}`,
            },
            {
              what: "Preview of an empty program with the policy pack, to one with an empty policy pack",
              unit: "ratio",
              value: medianRatio(packs.own, packs.empty),
              limit: { most: 1.05 },
              runs: packTurns,
              detail: `${spread(packs.own)} to ${spread(packs.empty)}`,
            },
            {
              what: "Preview of a program that calls the function for 100 accounts, more than of an empty one",
              unit: "seconds",
              value: medianDifference(programs.function, programs.empty) / 1_000,
              limit: { most: 0.4 },
              runs: functionTurns,
              detail: `${spread(programs.function)}, ${spread(programs.empty)}`,
            },
          ],
          notes: await startUp(bench),
        };
      },
    ),
  );
};

/** What Pulumi itself starts for any policy pack, and nothing else. */
async function writeEmptyPack(folder: string): Promise<string> {
  await mkdir(folder);
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
  const files = {
    "PulumiPolicy.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "package.json": JSON.stringify({ name: "empty", version: "0.1.0", private: true, main: "index.js" }),
    "index.js": 'new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });\n',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** What the dynamic provider's process does before the first lookup: each module after those before it. */
async function startUp({ runs }: Bench): Promise<string[]> {
  const turns = runs(9);
  const load = async (...modules: readonly string[]): Promise<number> =>
    // As the engine starts it: with an address, which nothing calls here.
    (await askOnce(new Child<readonly string[], number[]>("loader", { args: ["127.0.0.1:1"] }), modules)).at(-1) ?? NaN;
  const [host, sdk, own] = [
    "@pulumi/pulumi/cmd/dynamic-provider",
    "@aws-sdk/client-config-service",
    "pulumi-org-conformance/core",
  ];
  const times = await alternate(turns, {
    node: async () => (await runCommand(process.execPath, ["-e", "0"])).milliseconds,
    host: () => load(host),
    sdk: () => load(host, sdk),
    rest: () => load(host, sdk, own),
    own: () => load(own),
    ownAfterSdk: () => load(sdk, own),
  });
  const ms = (values: readonly number[]): string => `${median(values).toFixed(0)} ms`;
  return [
    `The start of the dynamic provider, which a preview with the resource pays once (medians of ${turns}): ` +
      `Node.js itself ${ms(times.node)}; Pulumi's host, \`${host}\`, ${ms(times.host)}; ` +
      `then the AWS SDK, \`${sdk}\`, ${ms(times.sdk)}; then \`${own}\` ${ms(times.rest)}. ` +
      `Alone in a process, \`${own}\` takes ${ms(times.own)} with the AWS SDK and ${ms(times.ownAfterSdk)} without it.`,
  ];
}
