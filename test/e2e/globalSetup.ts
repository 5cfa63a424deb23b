import { findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";

/** Finds, or builds, the CLI once, before the tests run side by side and with its progress on the screen. */
export default async function globalSetup(): Promise<void> {
  await findPulumiCli((message) => {
    process.stderr.write(`${message}\n`);
  });
}
