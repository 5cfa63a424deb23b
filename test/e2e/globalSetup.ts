import { findPulumiCli } from "../../tools/pulumi-cli/pulumiCli";
import { findYamlHost } from "../../tools/pulumi-language-yaml/yamlHost";

/**
 * Finds, or builds, the CLI and the language host once, before the tests run side by side and with their progress on the
 * screen.
 */
export default async function globalSetup(): Promise<void> {
  const progress = (message: string): void => void process.stderr.write(`${message}\n`);
  await findPulumiCli(progress);
  await findYamlHost(progress);
}
