import { sanitize } from "../core/text/sanitize";
import { type CommandOptions, parseCommandLine, usage } from "./commandOptions";
import type { Emulator } from "./emulator";
import { startEmulator } from "./startEmulator";

async function main(): Promise<void> {
  const options = parseCommandLine();
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  const emulator = await startEmulator(options.emulator);
  process.stdout.write(greeting(emulator, options));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void emulator.stop();
    });
  }
}

function greeting({ endpoint }: Emulator, { packName, regions }: CommandOptions): string {
  return `The emulator of AWS Config, Organizations and STS is at ${endpoint}.
Pack ${packName} in ${regions.join(", ")}. Press Ctrl-C to stop it.

For a Pulumi stack:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  url=${endpoint}
  pulumi config set aws:region ${regions[0]}
  pulumi config set aws:endpoints \\
    "[{\\"configservice\\":\\"$url\\",\\"organizations\\":\\"$url\\",\\"sts\\":\\"$url\\"}]"

For the AWS CLI:
  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any
  aws configservice get-organization-conformance-pack-detailed-status \\
    --endpoint-url ${endpoint} --region ${regions[0]} \\
    --organization-conformance-pack-name ${packName}
`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${sanitize(error instanceof Error ? error.message : String(error))}\n\n${usage}`);
  process.exitCode = 2;
});
