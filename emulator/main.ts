import { parseArgs } from "node:util";
import { sanitize } from "../core/text/sanitize";
import { quoted } from "../core/checks/quoted";
import { startEmulator } from "./startEmulator";

const usage = `Usage: npm run emulator -- [options]

Serves a stand-in for AWS Config, Organizations and STS on 127.0.0.1 until it is stopped.

  --port N           the port; default 4566
  --pack NAME        the organization conformance pack's name; default security-baseline
  --members N        its member accounts; default 250
  --failing N        how many of them fail; default 0
  --in-progress N    how many of them are in progress for good; default 0
  --regions A,B,C    the regions that have the pack; default us-east-1
  --region NAME      the same for one region
  --rollout SECONDS  how long it takes to reach all members, from the start and after each put; default 0
  --latency N        milliseconds that each answer takes; default 0
  --help             this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
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
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const regions = regionsOf(values);
  const rolloutMs = wholeNumber("rollout", values.rollout, 86_400) * 1_000;
  const pack = {
    name: matching("pack", values.pack, /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/, "a pack's name"),
    members: wholeNumber("members", values.members, 1_000_000),
    failing: wholeNumber("failing", values.failing, 1_000_000),
    inProgress: wholeNumber("in-progress", values["in-progress"], 1_000_000),
    rolloutMs,
  };
  if (pack.failing + pack.inProgress > pack.members) {
    throw new RangeError(
      `--members: ${pack.failing} failing and ${pack.inProgress} in progress do not fit into ${pack.members}.`,
    );
  }
  const emulator = await startEmulator({
    port: wholeNumber("port", values.port, 65_535),
    latencyMs: wholeNumber("latency", values.latency, 600_000),
    rolloutMs,
    packs: regions.map((region) => ({ ...pack, region })),
  });
  process.stdout.write(
    `AWS Config, Organizations and STS stand-in on ${emulator.endpoint}, pack ${pack.name} in ${regions.join(", ")}. ` +
      `Stop it with Ctrl-C. Try:\n` +
      `  AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any aws configservice get-organization-conformance-pack-detailed-status \\\n` +
      `    --endpoint-url ${emulator.endpoint} --region ${regions[0] ?? ""} --organization-conformance-pack-name ${pack.name}\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void emulator.stop();
    });
  }
}

function regionsOf(values: { readonly regions?: string | undefined; readonly region?: string | undefined }): string[] {
  const isRegion = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;
  if (values.regions === undefined) return [matching("region", values.region ?? "us-east-1", isRegion, "a region")];
  if (values.region !== undefined) throw new RangeError("--regions: give this or --region, not both.");
  const regions = values.regions.split(",").map((region) => matching("regions", region, isRegion, "a region"));
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) throw new RangeError(`--regions: ${quoted(twice)} is there twice.`);
  return regions;
}

function matching(option: string, given: string, pattern: RegExp, allowed: string): string {
  if (!pattern.test(given)) throw new RangeError(`--${option}: ${quoted(given)} is not ${allowed}.`);
  return given;
}

function wholeNumber(option: string, given: string, max: number): number {
  if (!/^\d{1,7}$/.test(given) || Number(given) > max) {
    throw new RangeError(`--${option}: ${quoted(given)} is not a whole number from 0 to ${String(max)}.`);
  }
  return Number(given);
}

main().catch((error: unknown) => {
  process.stderr.write(`${sanitize(error instanceof Error ? error.message : String(error))}\n\n${usage}`);
  process.exitCode = 2;
});
