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
  return (
    `AWS Config, Organizations and STS stand-in on ${endpoint}, pack ${packName} in ${regions.join(", ")}. ` +
    `Stop it with Ctrl-C. Try:\n` +
    `  AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any aws configservice get-organization-conformance-pack-detailed-status \\\n` +
    `    --endpoint-url ${endpoint} --region ${regions[0]} --organization-conformance-pack-name ${packName}\n`
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${sanitize(error instanceof Error ? error.message : String(error))}\n\n${usage}`);
  process.exitCode = 2;
});
