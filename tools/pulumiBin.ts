import { dirname } from "node:path";
import { executableOf, findPulumiCli } from "./pulumi-cli/pulumiCli";

/** Prints the folder of the Pulumi CLI, for PATH. */
findPulumiCli((message) => process.stderr.write(`${message}\n`)).then(
  (cli) => process.stdout.write(`${dirname(executableOf(cli))}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
