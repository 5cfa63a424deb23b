import { parseArgs } from "node:util";
import { quoted } from "../core/checks/quoted";
import type { EmulatorOptions } from "./emulatorOptions";
import type { EmulatedPack } from "./organization/emulatedPack";
import { wholeNumberOption } from "./wholeNumberOption";

export const usage = `Usage: emulator [options]

Runs an emulator of AWS Config, Organizations and STS on 127.0.0.1 until you press Ctrl-C.

  --port N           the port; default 4566
  --pack NAME        the organization conformance pack's name; default security-baseline
  --members N        its member accounts; default 250
  --failing N        how many of them fail; default 0
  --in-progress N    how many of them stay in progress; default 0
  --regions A,B,C    the regions that have the pack; default us-east-1
  --region NAME      the same for one region
  --rollout SECONDS  how long it takes to reach all members, from the start and after each put; default 0
  --latency N        milliseconds that each answer takes; default 0
  --help             this text
`;

const flags = {
  port: { type: "string", default: "4566" },
  pack: { type: "string", default: "security-baseline" },
  members: { type: "string", default: "250" },
  failing: { type: "string", default: "0" },
  "in-progress": { type: "string", default: "0" },
  regions: { type: "string" },
  region: { type: "string" },
  rollout: { type: "string", default: "0" },
  latency: { type: "string", default: "0" },
  help: { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof flags }>>["values"];

/** The emulator that the command line describes. */
export interface CommandOptions {
  readonly packName: string;
  readonly regions: readonly [string, ...string[]];
  readonly emulator: EmulatorOptions;
}

/**
 * Parses the arguments of the process. Returns `"help"` if they ask for it.
 *
 * @throws `RangeError` or `TypeError` that names the option
 */
export function parseCommandLine(): CommandOptions | "help" {
  const { values } = parseArgs({ options: flags });
  if (values.help) return "help";
  const regions = regionsOf(values);
  const rolloutMs = wholeNumber("rollout", values.rollout, 86_400) * 1_000;
  const pack = { ...packOf(values), rolloutMs };
  return {
    packName: pack.name,
    regions,
    emulator: {
      port: wholeNumber("port", values.port, 65_535),
      latencyMs: wholeNumber("latency", values.latency, 600_000),
      rolloutMs,
      packs: regions.map((region) => ({ ...pack, region })),
    },
  };
}

function packOf(values: Values): EmulatedPack {
  const name = matching("pack", values.pack, /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/, "a pack's name");
  const members = wholeNumber("members", values.members, 1_000_000);
  const failing = wholeNumber("failing", values.failing, 1_000_000);
  const inProgress = wholeNumber("in-progress", values["in-progress"], 1_000_000);
  if (failing + inProgress > members) {
    throw new RangeError(`--members: ${failing} failing and ${inProgress} in progress do not fit into ${members}.`);
  }
  return { name, members, failing, inProgress };
}

function regionsOf({ region, regions: list }: Values): [string, ...string[]] {
  if (list === undefined) return [regionName("region", region ?? "us-east-1")];
  if (region !== undefined) throw new RangeError("--regions: give this or --region, not both.");
  const [first = "", ...others] = list.split(",");
  const regions: [string, ...string[]] = [
    regionName("regions", first),
    ...others.map((name) => regionName("regions", name)),
  ];
  const twice = regions.find((name, index) => regions.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`--regions: ${quoted(twice)} is there twice.`);
  return regions;
}

function regionName(option: string, given: string): string {
  return matching(option, given, /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, "a region");
}

function matching(option: string, given: string, pattern: RegExp, allowed: string): string {
  if (!pattern.test(given)) throw new RangeError(`--${option}: ${quoted(given)} is not ${allowed}.`);
  return given;
}

function wholeNumber(option: string, given: string, max: number): number {
  return wholeNumberOption(option, given, { min: 0, max });
}
