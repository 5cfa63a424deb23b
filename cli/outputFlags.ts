import { type Command, InvalidArgumentError, Option } from "commander";
import { oneOf, text } from "../core/checks/check";
import { didYouMean } from "../core/checks/didYouMean";
import { quoted } from "../core/checks/quoted";
import { type Format, formats } from "../report/renderings";
import { checkedBy } from "./awsFlags";

/** A file that a report is written to. */
export interface OutputFile {
  readonly format: Format;
  readonly path: string;
}

/** The flags that say what is written, in which form, and to where. */
export interface OutputFlags {
  readonly output: Format;
  readonly write?: readonly OutputFile[];
  readonly githubSummary?: boolean;
  readonly show?: "problems" | "all";
  readonly key?: string;
  readonly contact?: string;
  readonly reportUrl?: string;
  readonly artifact?: string;
  readonly redact?: boolean;
}

/** Adds the flags to a command. */
export function addOutputFlags(command: Command): Command {
  return command
    .addOption(
      new Option("-o, --output <format>", `what stdout gets: ${formats.join(", ")}`)
        .default("text")
        .argParser(formatOf),
    )
    .addOption(
      new Option("--write <format=path>", "write a report to a file, too; repeat it for several").argParser(
        (given: string, before: readonly OutputFile[] | undefined) => [...(before ?? []), outputFileOf(given)],
      ),
    )
    .option("--github-summary", "append a report to the job summary of GitHub Actions, if there is one")
    .addOption(
      new Option("--show <accounts>", "problems, or all (default: problems; in csv and jsonl all)").argParser(
        checkedBy(oneOf(["problems", "all"])),
      ),
    )
    .addOption(
      new Option("--key <key>", "the key by which a comment is found again, for markdown").argParser(
        checkedBy(text(/^[a-z0-9-]{1,64}$/, "a key of 1 to 64 small letters, digits and hyphens")),
      ),
    )
    .addOption(
      new Option("--contact <text>", "whom to ask, for markdown and html").argParser(
        checkedBy(text(/^(?=.*\S)[^\r\n]{1,200}$/, "a text of 1 to 200 characters in one line")),
      ),
    )
    .addOption(
      new Option("--report-url <url>", "a link to the full report, for markdown").argParser(
        checkedBy((given, property) =>
          typeof given === "string" && /^https?:\/\//i.test(given) && URL.canParse(given)
            ? []
            : [{ property, reason: `${quoted(given)} is not a URL that starts with http:// or https://.` }],
        ),
      ),
    )
    .addOption(
      new Option("--artifact <name>", "the artifact that keeps the status files, for markdown").argParser(
        checkedBy(text(/^(?=.*\S)[^\r\n]{1,100}$/, "a name of 1 to 100 characters in one line")),
      ),
    )
    .option("--redact", "shorten account ids and leave names out");
}

function formatOf(given: string): Format {
  const format = formats.find((known) => known === given);
  if (format === undefined) {
    throw new InvalidArgumentError(
      `${quoted(given)} is not a format.${didYouMean(given, formats)} There are: ${formats.join(", ")}.`,
    );
  }
  return format;
}

function outputFileOf(given: string): OutputFile {
  const [, format, path] = /^([^=]*)=([^]+)$/.exec(given) ?? [];
  if (format === undefined || path === undefined) {
    throw new InvalidArgumentError(`${quoted(given)} is not FORMAT=PATH, for example html=report.html.`);
  }
  return { format: formatOf(format), path };
}
