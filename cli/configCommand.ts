import { Command } from "commander";
import { readFile } from "node:fs/promises";
import { exitCodes } from "../core/statusFile/exitCodes";
import { plural } from "../core/text/plural";
import { sanitize } from "../core/text/sanitize";
import type { Finding } from "./config/finding";
import { CommandError } from "./commandError";
import { fileProblem } from "./fileProblem";
import { writeToStdout } from "./stdout";

interface ConfigCheckFlags {
  readonly ownPolicy: readonly string[];
  readonly explain?: boolean;
  readonly strict?: boolean;
}

/** `config`: works on the file for `pulumi --policy-pack-config`, and asks AWS nothing. */
export function configCommand(end: (exitCode: number) => void): Command {
  return new Command("config")
    .description("Checks and explains the configuration of the policies. Asks AWS nothing.")
    .addCommand(
      new Command("check")
        .description("Finds what is wrong in a file for pulumi --policy-pack-config, also what Pulumi ignores.")
        .argument("<file>", "the file")
        .option("--explain", "say in words what the file gates")
        .option(
          "--own-policy <name>",
          "a policy of your own pack that the file configures; repeatable",
          (name: string, names: readonly string[]) => [...names, name],
          [],
        )
        .option("--strict", "exit with 2 for warnings too, such as an exception that expires within 14 days")
        .action(async (file: string, flags: ConfigCheckFlags) => {
          end(await check(file, flags));
        }),
    );
}

async function check(file: string, { explain, ownPolicy, strict }: ConfigCheckFlags): Promise<number> {
  const shown = sanitize(file, 200);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new CommandError(`${shown}: ${fileProblem(error)}`, exitCodes.invalidArguments);
  });
  // Loaded only here, with the checks of all policies.
  const { checkConfig } = require("./config/checkConfig") as typeof import("./config/checkConfig");
  const { explainConfig } = require("./config/explainConfig") as typeof import("./config/explainConfig");
  const now = new Date();
  const findings = checkConfig(text, now, ownPolicy);
  const errors = findings.filter(({ severity }) => severity === "error");
  const explanation = explain && errors.length === 0 ? `\n${explainConfig(text, now)}\n` : "";
  await writeToStdout(
    `${[...findings.map((finding) => line(shown, finding)), summary(shown, findings)].join("\n")}\n${explanation}`,
  );
  return errors.length > 0 || (strict && findings.length > 0) ? exitCodes.invalidArguments : 0;
}

function line(file: string, { line: number, message, property, severity }: Finding): string {
  const where = property === "" ? "" : ` ${property}:`;
  return `${file}:${String(number)}: ${severity}:${where} ${message}`;
}

function summary(file: string, findings: readonly Finding[]): string {
  const count = (severity: Finding["severity"]): number => findings.filter((each) => each.severity === severity).length;
  if (findings.length === 0) return `${file}: no errors, no warnings.`;
  return `${file}: ${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}.`;
}
