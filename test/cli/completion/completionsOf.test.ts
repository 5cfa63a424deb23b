import { completionsOf } from "../../../cli/completion/completionsOf";
import { createProgram } from "../../../cli/program";

const program = createProgram(() => undefined);

/** The words for a line; what is typed of the last one counts. */
function wordsFor(line: string): string[] {
  const words = line.split(" ");
  return completionsOf(program, words.slice(0, -1), words.at(-1) ?? "").map(({ name }) => name);
}

test.each<[line: string, words: readonly string[]]>([
  ["st", ["status"]],
  ["re", ["report"]],
  ["config ", ["check", "help"]],
  ["config ch", ["check"]],
  ["completion ", ["bash", "zsh"]],
  ["completion z", ["zsh"]],
  ["status --con", ["--config", "--contact"]],
  ["status -", expect.arrayContaining(["--region", "-r", "--output", "-o", "--help", "--quiet"]) as string[]],
  ["--qu", ["--quiet"]],
  // A flag's value is no command, and a flag without a value awaits none.
  ["--color ", []],
  ["--color never st", ["status"]],
  ["--color=never st", ["status"]],
  ["--quiet st", ["status"]],
  ["init --package-manager ", ["npm", "pnpm"]],
  ["init --package-manager np", ["npm"]],
  ["init --package-manager npm --pack", ["--pack", "--package", "--package-manager"]],
  // The names of files and of packs are not known here.
  ["report ", []],
  ["status --config ", []],
  ["status baseline ", []],
  // What is a command's name elsewhere is a pack's name here.
  ["status status --ex", ["--external-id", "--expected", "--exclude", "--except", "--exit-zero"]],
  ["status -- --con", []],
  ["unknown --qu", ["--quiet"]],
])("%s<Tab>", (line, words) => {
  expect(wordsFor(line).sort()).toEqual(Array.isArray(words) ? words.toSorted() : words);
});

test("the commands are those that the help shows: no hidden one", () => {
  const names = wordsFor("");
  expect(names).toEqual(expect.arrayContaining(["status", "wait", "report", "packs", "diff", "completion", "help"]));
  expect(names).not.toContain("completion-server");
});
