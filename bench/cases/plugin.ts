import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import type { PackStatusArgs } from "pulumi-org-conformance/core";
import { emulatedAccountId } from "pulumi-org-conformance/testing";
import { pluginConfig, pluginFolder, policyPack, repository } from "../../tools/localStack";
import { environment } from "../childProcess";
import { withEmulator } from "../emulatorProcess";
import { packName, withGatherer } from "../gathering";
import { type Bench, type BenchCase, expectThat, type Measurement } from "../measurement";
import { alternate, median, medianRatio, spread } from "../pairs";
import { PluginGate } from "../children/pluginGate";
import { type MeasuredStack, withStack } from "../previewing";

const dynamicHost = join(repository, "node_modules", "@pulumi", "pulumi", "cmd", "dynamic-provider");

/** What the provider plugin costs: to the dynamic provider, and to the least that the AWS SDK can do. */
export const plugin: BenchCase = async (bench) => ({
  measurements: [
    ...(await toTheDynamicProvider(bench)),
    ...(await manyAccounts(bench, 0)),
    ...(await manyAccounts(bench, 20)),
    await start(bench),
  ],
  notes: [profiled],
});

/** Profiles are taken by hand: with one, everything is slower. */
const profiled =
  "Where the time of 10,000 accounts in trouble goes, at 0 ms a request: a preview of 10,000 failed accounts takes 1.2 s of CPU time more than one of 100 (profiled on 2026-11-27). The plugin takes 0.5 s of it: 0.2 s for the requests and their rows, 0.1 s for the state, the rest for gRPC's messages. The engine takes 0.4 s, and the policy pack's process 0.3 s, nearly all of it for messages. Each account's id is an element of a list, so that programs and policies can read it, and the list crosses six borders between processes: checked inputs to the engine, from there to the policies and back to the plugin, outputs to the engine, to the program and to the policies again. Healthy rows cross them as one text. At 20 ms a request, the requests are what counts.";

async function toTheDynamicProvider({ pulumi, runs }: Bench): Promise<Measurement[]> {
  const args = { name: packName };
  const turns = runs(9);
  return withEmulator({ packs: [{ name: packName, members: 100 }] }, ({ endpoint }) =>
    withGate(pulumi, endpoint, "resource", args, (dynamic) =>
      withGate(pulumi, endpoint, "plugin", args, async (own) => {
        const previews = {
          plugin: () => own.preview("plugin", args, [policyPack]),
          dynamic: () => dynamic.preview("resource", args, [policyPack]),
        };
        const times = await alternate(turns, previews);
        const memoryTurns = runs(5);
        const memory = await alternate(memoryTurns, {
          plugin: () => residentWhile(previews.plugin, join("plugin", "main.js")),
          dynamic: () => residentWhile(previews.dynamic, dynamicHost),
        });
        const megabytes = (values: readonly number[]): string => `${(median(values) / 1_000).toFixed(0)} MB`;
        return [
          {
            what: "Preview with a gate of 100 accounts and the policy pack: the plugin, to the dynamic provider",
            unit: "ratio",
            value: medianRatio(times.plugin, times.dynamic),
            limit: { most: 0.8 },
            runs: turns,
            detail: `${spread(times.plugin)} to ${spread(times.dynamic)}`,
          },
          {
            what: "The most resident memory of the plugin in such a preview, to that of the dynamic provider's process",
            unit: "ratio",
            value: medianRatio(memory.plugin, memory.dynamic),
            limit: { most: 0.6 },
            runs: memoryTurns,
            detail: `${megabytes(memory.plugin)} to ${megabytes(memory.dynamic)}`,
          },
        ];
      }),
    ),
  );
}

const [few, many] = [100, 10_000];

interface Kind {
  readonly what: string;
  readonly members: { readonly members: number; readonly failing?: number; readonly inProgress?: number };
  readonly expects?: true;
  /** What the policy pack says when it blocks the preview. */
  readonly says?: (accounts: number) => string;
}

const kinds = (accounts: number): Readonly<Record<string, Kind>> => ({
  healthy: { what: "all healthy", members: { members: accounts } },
  inProgress: { what: "all in progress", members: { members: accounts, inProgress: accounts } },
  failed: { what: "all failed", members: { members: accounts, failing: accounts }, says: () => "accounts failed." },
  missing: {
    what: "all missing",
    members: { members: 1 },
    expects: true,
    says: () => "expected accounts are missing.",
  },
});

/** What 10,000 accounts cost more than 100 do, to a gather of 10,000 rows with a bare client. */
async function manyAccounts({ pulumi, runs }: Bench, latencyMs: number): Promise<Measurement[]> {
  const turns = runs(5);
  const kindNames = Object.keys(kinds(few));
  const packs = [few, many].flatMap((accounts) =>
    Object.entries(kinds(accounts)).map(([kind, { members }]) => ({ name: `${kind}-${String(accounts)}`, ...members })),
  );
  return withEmulator({ packs, latencyMs }, ({ endpoint }) =>
    withGatherer(endpoint, (gather) =>
      withStack(
        pulumi,
        endpoint,
        () => Promise.resolve(),
        async ({ preview }) => {
          const previewOf = (kind: string, accounts: number): Promise<number> => {
            const { expects, says } = kinds(accounts)[kind] ?? {};
            const args = {
              name: `${kind}-${String(accounts)}`,
              // None of them is the one that has a row.
              ...(expects && { expectedAccounts: accountIds(accounts) }),
            };
            return preview("plugin", args, [policyPack], says?.(accounts));
          };
          const measured: Measurement[] = [];
          for (const kind of kindNames) {
            const times = await alternate(turns, {
              many: () => previewOf(kind, many),
              few: () => previewOf(kind, few),
              bare: () =>
                gather("floor", { total: many }, { name: `${kind === "missing" ? "healthy" : kind}-${String(many)}` }),
            });
            const more = times.many.map((time, turn) => time - (times.few[turn] ?? NaN));
            measured.push({
              what: `Preview with the plugin and the policy pack: what 10,000 accounts, ${kinds(many)[kind]?.what ?? ""}, take more than 100, to a bare gather of 10,000 rows, at ${latencyMs} ms a request`,
              unit: "ratio",
              value: medianRatio(more, times.bare),
              limit: { most: 3 },
              runs: turns,
              detail: `${spread(times.many)} less ${spread(times.few)}, to ${spread(times.bare)}`,
            });
          }
          return measured;
        },
        pluginOptions(endpoint),
      ),
    ),
  );
}

function accountIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => emulatedAccountId(index + 1));
}

/** From the start of the process to its first line: the engine waits for it. */
async function start({ runs }: Bench): Promise<Measurement> {
  const turns = runs(15);
  const times = await alternate(turns, {
    plugin: () => firstLine(join(pluginFolder, "pulumi-resource-org-conformance"), "127.0.0.1:1"),
    node: () => firstLine(process.execPath, "-e", "console.log(1)"),
  });
  return {
    what: "Start of the plugin to its port line, to Node.js with a line",
    unit: "ratio",
    value: medianRatio(times.plugin, times.node),
    limit: { most: 2.5 },
    runs: turns,
    detail: `${spread(times.plugin)} to ${spread(times.node)}`,
  };
}

async function firstLine(command: string, ...args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, { env: environment, stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  const milliseconds = performance.now() - started;
  expectThat(/^\d+\n/.test(chunk.toString()), "the first line is a number");
  child.stdin.end();
  child.kill();
  await closed;
  return milliseconds;
}

/** The most kilobytes that a process with `args` in its command has while `run` runs. */
async function residentWhile(run: () => Promise<unknown>, args: string): Promise<number> {
  let most = 0;
  const isRunning = { value: true };
  const watching = (async () => {
    while (isRunning.value) {
      const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "rss=,args="]);
      for (const line of stdout.split("\n")) {
        if (line.includes(args)) most = Math.max(most, parseInt(line, 10));
      }
    }
  })();
  await run();
  isRunning.value = false;
  await watching;
  expectThat(most > 0, `a process with ${args} is seen`);
  return most;
}

/** A stack whose project names the plugin by its folder, and whose settings reach the emulator. */
function pluginOptions(endpoint: string) {
  return {
    providers: { "org-conformance": pluginFolder },
    config: pluginConfig(endpoint),
  };
}

/** Runs `use` with a stack that has the gate: a preview compares with the state. */
function withGate<T>(
  pulumi: Bench["pulumi"],
  endpoint: string,
  program: "plugin" | "resource",
  args: PackStatusArgs,
  use: (stack: MeasuredStack) => Promise<T>,
): Promise<T> {
  const gate = (): Promise<void> => {
    if (program === "resource") new OrganizationConformancePackStatus("gate", args);
    else new PluginGate("gate", { ...args });
    return Promise.resolve();
  };
  return withStack(
    pulumi,
    endpoint,
    gate,
    async (local) => {
      await local.stack.up({ onOutput: () => undefined });
      return use(local);
    },
    pluginOptions(endpoint),
  );
}
