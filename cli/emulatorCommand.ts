import { Command, InvalidArgumentError, Option } from "commander";
import { regionCheck } from "../core/checks/awsChecks";
import { packStatusChecks } from "../core/status/packStatusChecks";
import { exitCodes } from "../core/statusFile/exitCodes";
import { sanitize } from "../core/text/sanitize";
import type { Emulator } from "../emulator/emulator";
import { wholeNumberOption } from "../emulator/wholeNumberOption";
import { checkedBy, listOf } from "./awsFlags";
import { CommandError } from "./commandError";
import { endWithParent } from "./endWithParent";
import { writeToStdout } from "./stdout";

interface EmulatorFlags {
  readonly port: number;
  readonly pack: string;
  readonly members: number;
  readonly failing: number;
  readonly inProgress: number;
  readonly region: readonly string[];
  readonly rollout: number;
  readonly latency: number;
}

/** `emulator`: serves an emulator of AWS on this machine, until Ctrl-C or the end of the process that started it. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .description("Runs an emulator of AWS Config, Organizations and STS on 127.0.0.1 until you press Ctrl-C.")
    .addOption(wholeNumber("--port <n>", "the port; 0: a free one", 4566, 65_535))
    .addOption(
      new Option("--pack <name>", "the organization conformance pack's name")
        .default("security-baseline")
        .argParser(checkedBy(packStatusChecks.name)),
    )
    .addOption(wholeNumber("--members <n>", "its member accounts", 250, 1_000_000))
    .addOption(wholeNumber("--failing <n>", "how many of them fail", 0, 1_000_000))
    .addOption(wholeNumber("--in-progress <n>", "how many of them stay in progress", 0, 1_000_000))
    .addOption(
      new Option("-r, --region <region>", "a region that has the pack; repeat it, or separate several by commas")
        .default(["us-east-1"], "us-east-1")
        .argParser((given: string, before: readonly string[]) =>
          // What comes first replaces the default.
          listOf(regionCheck)(given, before.length === 1 && before[0] === "us-east-1" ? [] : before),
        ),
    )
    .addOption(
      wholeNumber(
        "--rollout <seconds>",
        "how long it takes to reach all members, from the start and after each put",
        0,
        86_400,
      ),
    )
    .addOption(wholeNumber("--latency <n>", "milliseconds that each answer takes", 0, 600_000))
    .action(run);
}

async function run(flags: EmulatorFlags): Promise<void> {
  const emulator = await start(flags);
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
    endWithParent(resolve);
  });
  await writeToStdout(greeting(emulator, flags));
  await ended;
  await emulator.stop();
}

async function start({ failing, inProgress, latency, members, pack, port, region, rollout }: EmulatorFlags) {
  if (failing + inProgress > members) {
    throw new CommandError(
      `--members: ${String(failing)} failing and ${String(inProgress)} in progress do not fit into ${String(members)}.`,
      exitCodes.invalidArguments,
    );
  }
  const rolloutMs = rollout * 1_000;
  // Loaded only here: the other commands ask AWS itself.
  const { startEmulator } = require("../emulator/startEmulator") as typeof import("../emulator/startEmulator");
  try {
    return await startEmulator({
      port,
      latencyMs: latency,
      rolloutMs,
      packs: region.map((name) => ({ name: pack, members, failing, inProgress, rolloutMs, region: name })),
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new CommandError(
      `--port: ${String(port)} is in use. Give another one, or 0 for a free one.`,
      exitCodes.invalidArguments,
    );
  }
}

function wholeNumber(name: string, description: string, value: number, max: number): Option {
  return new Option(name, description).default(value).argParser((given: string) => {
    try {
      return wholeNumberOption("", given, { min: 0, max });
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message.replace(/^--: /, "") : String(error));
    }
  });
}

function greeting({ endpoint }: Emulator, { pack, region }: EmulatorFlags): string {
  const first = region[0] ?? "";
  return `The emulator of AWS Config, Organizations and STS is at ${endpoint}.
Pack ${sanitize(pack, 128)} in ${region.join(", ")}. Press Ctrl-C to stop it.

For this command line:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  pulumi-org-conformance status ${pack} \\
    --endpoint-url ${endpoint} --region ${region.join(",")}

For a Pulumi stack:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  url=${endpoint}
  pulumi config set aws:region ${first}
  pulumi config set aws:endpoints \\
    "[{\\"configservice\\":\\"$url\\",\\"organizations\\":\\"$url\\",\\"sts\\":\\"$url\\"}]"

For the AWS CLI:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  aws configservice get-organization-conformance-pack-detailed-status \\
    --endpoint-url ${endpoint} --region ${first} \\
    --organization-conformance-pack-name ${pack}
`;
}
