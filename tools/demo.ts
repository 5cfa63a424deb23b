import type { OutputMap, Stack } from "@pulumi/pulumi/automation";
import * as pulumi from "@pulumi/pulumi";
import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { OrganizationConformancePackStatus } from "pulumi-org-conformance";
import { startEmulator } from "pulumi-org-conformance/testing";
import { sanitize } from "../core/text/sanitize";
import { wholeNumberOption } from "../emulator/wholeNumberOption";
import { createLocalStack, policyPack, repository } from "./localStack";
import { findPulumiCli } from "./pulumi-cli/pulumiCli";

const packName = "security-baseline";
const dependentType = "org-conformance:demo:Service";

/** Stands for what the gate protects: it is created only once the gate opens. */
class Service extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super(dependentType, name, {}, opts);
    this.registerOutputs({});
  }
}

async function main(): Promise<void> {
  const { members, failing } = options();
  const cli = await findPulumiCli((message) => {
    say(message);
  });
  const emulator = await startEmulator({ packs: [{ name: packName, members, failing }], latencyMs: 5 });
  const reports = await mkdtemp(join(tmpdir(), "org-conformance-demo-"));
  const local = await createLocalStack({
    pulumi: cli,
    endpoint: emulator.endpoint,
    stackName: "demo",
    environment: { PULUMI_ORG_CONFORMANCE_STATUS_DIR: join(reports, "statuses") },
    program: () => {
      const gate = new OrganizationConformancePackStatus("security-baseline", { name: packName });
      new Service("api", { dependsOn: gate });
      return Promise.resolve({
        verdict: gate.verdict,
        counts: gate.counts,
        failedAccounts: gate.failed.apply((rows) => rows.map(({ accountId }) => accountId)),
      });
    },
  });
  // Ctrl-C leaves nothing behind either.
  process.once("SIGINT", () => {
    void cleanUp().finally(() => process.exit(130));
  });
  const cleanUp = async (): Promise<void> => {
    await local.remove();
    await emulator.stop();
  };
  try {
    await tellStory(local.stack, {
      members,
      failing,
      heal: () => {
        emulator.setMembers(packName, { members });
      },
      breakAgain: () => {
        emulator.setMembers(packName, { members, failing: 1 });
      },
      writePage: async () => {
        const page = join(reports, "report.html");
        const command = join(repository, "dist", "cli", "main.js");
        await promisify(execFile)(process.execPath, [
          command,
          "report",
          join(reports, "statuses"),
          "--write",
          `html=${page}`,
        ]);
        return page;
      },
    });
  } finally {
    await cleanUp();
  }
}

interface Story {
  readonly members: number;
  readonly failing: number;
  readonly heal: () => void;
  readonly breakAgain: () => void;
  /** Writes the report of the last step, and returns where it is. */
  readonly writePage: () => Promise<string>;
}

async function tellStory(stack: Stack, { members, failing, heal, breakAgain, writePage }: Story): Promise<void> {
  const shown = {
    policyPacks: [policyPack],
    color: process.stdout.isTTY ? ("always" as const) : ("never" as const),
    onOutput: (text: string) => process.stdout.write(text),
  };

  say(
    `1. The pack ${packName} has failed in ${String(failing)} of ${String(members)} accounts. A pull request's preview:`,
  );
  await blocked(stack.preview(shown), `${String(failing)} of ${String(members)} accounts failed.`);

  say("2. The accounts are repaired, so the update succeeds:");
  heal();
  const { outputs } = await stack.up(shown);
  expectThat(outputs.verdict?.value === "PASSED", "the verdict is PASSED");
  expectThat(successes(outputs) === members, `all ${String(members)} accounts are successful`);
  expectThat(await hasDependent(stack), "the service behind the gate was created");

  say("3. One account fails again. The update is blocked before anything changes:");
  breakAgain();
  await blocked(stack.up(shown), `1 of ${String(members)} accounts failed.`);
  expectThat((await stack.outputs()).verdict?.value === "PASSED", "the state is as it was");

  // Of the last step that looked up.
  const page = await writePage();

  say("4. The gate owns nothing at AWS, so the stack can always be destroyed:");
  await stack.destroy({ color: shown.color, onOutput: shown.onOutput });
  expectThat(!(await hasDependent(stack)), "nothing is left");

  say("Every step did what was expected. The report of step 3, as a page for your browser:");
  process.stdout.write(`   ${pathToFileURL(page).href}\n`);
}

async function blocked(run: Promise<unknown>, message: string): Promise<void> {
  const refusal = await run.then(
    () => undefined,
    (error: unknown) => String(error),
  );
  expectThat(refusal !== undefined, "the CLI refused");
  expectThat(refusal?.includes(message) === true, `the refusal says: ${message}`);
}

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`The demo failed: it expected that ${what}.`);
  process.stdout.write(`   ✓ ${what}\n`);
}

async function hasDependent(stack: Stack): Promise<boolean> {
  return JSON.stringify(await stack.exportStack()).includes(`${dependentType}::`);
}

function successes(outputs: OutputMap): unknown {
  return (outputs.counts?.value as { successful?: unknown } | undefined)?.successful;
}

function options(): { members: number; failing: number } {
  const { values } = flags();
  const members = wholeNumberOption("members", values.members, { min: 1, max: 50_000 });
  const failing = wholeNumberOption("failing", values.failing, { min: 1, max: members, maxName: "--members" });
  return { members, failing };
}

const usage = `Usage: npm run demo -- [options]

  --members N   how many accounts the organization has; default 250
  --failing N   in how many of them the pack fails; default 3`;

function flags() {
  try {
    return parseArgs({
      options: { members: { type: "string", default: "250" }, failing: { type: "string", default: "3" } },
    });
  } catch (error) {
    throw new RangeError(`${sanitize(error instanceof Error ? error.message : String(error))}\n\n${usage}`, {
      cause: error,
    });
  }
}

function say(message: string): void {
  process.stdout.write(`\n${process.stdout.isTTY ? `\u001b[1m${message}\u001b[0m` : message}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
