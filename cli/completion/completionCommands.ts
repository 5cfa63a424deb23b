import { Argument, Command } from "commander";
import { writeToStdout } from "../stdout";
import { completionsOf } from "./completionsOf";

/** Of the shells that the library knows, those whose script runs nothing of what stands in the line. */
const shells = ["bash", "zsh"] as const;

/** `completion`: prints the script with which a shell completes the commands and flags of this command line. */
export function completionCommand(): Command {
  return new Command("completion")
    .description("Prints the script that completes commands and flags in your shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(shells))
    .action(async (shell: (typeof shells)[number], _flags: object, command: Command) => {
      const name = command.parent?.name() ?? "";
      const { getCompletionScript } = await tabtab();
      await writeToStdout(await getCompletionScript({ name, completer: name, shell }));
    });
}

/** `completion-server`: what that script runs at each press of Tab. The script's library names it so. */
export function completionServerCommand(): Command {
  return new Command("completion-server")
    .argument("[words...]")
    .action(async (words: readonly string[], _flags: object, command: Command) => {
      const { getShellFromEnv, log, logFiles, parseEnv } = await tabtab();
      const shell = getShellFromEnv(process.env);
      const { words: index } = parseEnv(process.env);
      const found = completionsOf(command.parent ?? command, words.slice(1, index), words[index] ?? "");
      if (found.length > 0) log([...found], shell);
      // Bash turns to the names of files by itself.
      else if (shell !== "bash") logFiles();
    });
}

// Loaded only here: no other command needs it.
async function tabtab() {
  const { default: library } = await import("@pnpm/tabtab");
  return library;
}
