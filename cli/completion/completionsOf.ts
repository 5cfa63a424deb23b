import type { Command, Option } from "commander";

/** A word that may come next. */
export interface Completion {
  readonly name: string;
  readonly description: string;
}

/**
 * The words that may stand where a person types.
 *
 * @param before - The words before it, without the program's own name.
 * @param current - The part of it that is typed already.
 * @returns None where a file or a free text belongs.
 */
export function completionsOf(program: Command, before: readonly string[], current: string): readonly Completion[] {
  return possible(program, before, current).filter(({ name }) => name.startsWith(current));
}

function possible(program: Command, before: readonly string[], current: string): readonly Completion[] {
  const { awaited, command, isPlain, positionals } = placeAfter(program, before);
  if (awaited) return withoutDescription(awaited.argChoices);
  const help = command.createHelp();
  if (current.startsWith("-") && !isPlain) {
    return [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)].flatMap(flagsOf);
  }
  const { registeredArguments: all } = command;
  const argument = all[positionals] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
  return [
    ...(positionals === 0
      ? help.visibleCommands(command).map((sub) => ({ name: sub.name(), description: help.subcommandDescription(sub) }))
      : []),
    ...withoutDescription(argument?.argChoices),
  ];
}

/** The place behind some words. */
interface Behind {
  readonly command: Command;
  /** The number of the command's arguments that are there. */
  readonly positionals: number;
  /** The flag whose value comes next. */
  readonly awaited?: Option | undefined;
  /** True after `--`: flags are plain words there. */
  readonly isPlain: boolean;
}

function placeAfter(program: Command, words: readonly string[]): Behind {
  let place: Behind = { command: program, positionals: 0, isPlain: false };
  for (const word of words) place = next(place, word);
  return place;
}

function next({ awaited, command, isPlain, positionals }: Behind, word: string): Behind {
  const here = { command, positionals, isPlain };
  if (awaited) return here;
  if (!isPlain && word === "--") return { ...here, isPlain: true };
  if (!isPlain && word.startsWith("-")) {
    const option = optionNamed(command, word);
    return { ...here, awaited: option?.required ? option : undefined };
  }
  const sub = positionals === 0 ? command.commands.find((one) => one.name() === word) : undefined;
  return sub ? { command: sub, positionals: 0, isPlain } : { ...here, positionals: positionals + 1 };
}

/** Of the command, or of one that it belongs to. `--flag=value` has its value already. */
function optionNamed(command: Command, word: string): Option | undefined {
  const own = command.options.find(({ long, short }) => word === long || word === short);
  return own ?? (command.parent ? optionNamed(command.parent, word) : undefined);
}

function flagsOf({ description, long, short }: Option): readonly Completion[] {
  return [long, short].flatMap((name) => (name === undefined ? [] : [{ name, description }]));
}

function withoutDescription(names: readonly string[] = []): readonly Completion[] {
  return names.map((name) => ({ name, description: "" }));
}
