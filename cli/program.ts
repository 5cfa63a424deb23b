import { Command, Option } from "commander";
import { oneOf } from "../core/checks/check";
import { sanitize } from "../core/text/sanitize";
import { version } from "../core/text/version";
import { checkedBy } from "./awsFlags";
import { completionCommand, completionServerCommand } from "./completion/completionCommands";
import { configCommand } from "./configCommand";
import { diffCommand } from "./diffCommand";
import { emulatorCommand } from "./emulatorCommand";
import { initCommand } from "./initCommand";
import { packsCommand } from "./packsCommand";
import { reportCommand } from "./reportCommand";
import { statusCommand } from "./statusCommand";
import { waitCommand } from "./waitCommand";

/**
 * The command line with all its commands.
 *
 * @param end - Is given the exit code of the command that was run.
 */
export function createProgram(end: (exitCode: number) => void): Command {
  const program = new Command("pulumi-org-conformance")
    .description("Shows and judges the status of AWS Config organization conformance packs in every member account.")
    .version(version)
    .addOption(
      new Option("--color <when>", "colour the text: auto, always, never")
        .default("auto")
        .argParser(checkedBy(oneOf(["auto", "always", "never"]))),
    )
    .option("--quiet", "print no progress and no remarks")
    .showSuggestionAfterError();
  for (const command of [
    statusCommand(end),
    waitCommand(end),
    reportCommand(end),
    packsCommand(end),
    diffCommand(end),
    configCommand(end),
    initCommand(end),
    emulatorCommand(),
    completionCommand(),
  ])
    program.addCommand(command);
  program.addCommand(completionServerCommand(), { hidden: true });
  for (const command of withSubcommands(program)) {
    command
      .exitOverride()
      .configureHelp({ showGlobalOptions: true })
      .configureOutput({
        outputError: (text, write) => {
          write(`${usageError(text)}\nTry: ${commandLineOf(command)} --help\n`);
        },
      });
  }
  return program;
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** The mistake in the command line, as a sentence. */
function usageError(text: string): string {
  const told = text
    .trim()
    .replace(/^error: /, "")
    // The refusal quotes the value itself.
    .replace(
      /^(?:option '(?:-\w, )?(--[\w-]+).*?'|command-argument value '[^]*' is invalid for argument '(\w+)'\.)(?: argument '[^]*' is invalid\.)? ?/,
      (all, option?: string, argument?: string) => `${option ?? argument?.toUpperCase() ?? all}: `,
    )
    .replace(/\n\(did you mean (.*)\?\)$/i, ". Did you mean $1?")
    .replace("argument missing", "A value is missing");
  const sentence = sanitize(told, 600).replace(/^./, (first) => first.toUpperCase());
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function commandLineOf(command: Command): string {
  return command.parent ? `${commandLineOf(command.parent)} ${command.name()}` : command.name();
}
