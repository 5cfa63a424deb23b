import { appendFile, stat } from "node:fs/promises";
import type { StatusFile } from "../core/statusFile/statusFile";
import { summaryBytes } from "../report/markdown/summaryBytes";
import { type Format, render } from "../report/renderings";
import type { Budget, RenderOptions, Terminal } from "../report/renderOptions";
import { CommandError } from "./commandError";
import { fileProblem } from "./fileProblem";
import type { GlobalFlags } from "./globalFlags";
import { otherFailure } from "./otherFailure";
import type { OutputFlags } from "./outputFlags";
import { writeToStdout } from "./stdout";
import { terminalOf } from "./terminal";
import { writeFileAtomically } from "./writeFile";

/**
 * Writes the report to all places that the flags name. One that can't be written keeps no other from being written.
 *
 * @param files - None: then each report says that there is no result.
 * @param previous - The earlier statuses that they are compared with, where a format shows that.
 * @throws `CommandError`
 */
export async function writeOutputs(
  files: readonly StatusFile[],
  flags: OutputFlags & GlobalFlags,
  previous?: readonly StatusFile[],
): Promise<void> {
  const now = new Date();
  const rendered = (format: Format, others: { terminal?: Terminal | undefined; budget?: Budget } = {}): string =>
    render(format, files, { ...optionsOf(flags, format, now), previous, ...others });
  const outcomes = await Promise.allSettled([
    ...(flags.write ?? []).map(({ format, path }) => writeFileAtomically(path, rendered(format))),
    ...(flags.githubSummary ? [appendSummary((budget) => rendered("markdown", { budget }))] : []),
  ]);
  await writeToStdout(rendered(flags.output, { terminal: terminalOf(process.stdout, flags.color) }));
  // A text says it already; of what a machine reads, a person sees nothing.
  if (flags.output !== "text") {
    for (const file of files) if (file.verdict === null) process.stderr.write(`${file.error.message}\n`);
  }
  const problems = outcomes.flatMap((outcome) =>
    outcome.status === "rejected"
      ? [outcome.reason instanceof Error ? outcome.reason.message : String(outcome.reason)]
      : [],
  );
  if (problems.length > 0) throw new CommandError(problems.join("\n"), otherFailure);
}

function optionsOf(
  { artifact, contact, key, redact, reportUrl, show }: OutputFlags,
  format: Format,
  now: Date,
): RenderOptions {
  return {
    now,
    show: show ?? (format === "csv" || format === "jsonl" ? "all" : "problems"),
    contact,
    key,
    redact,
    reportUrl,
    artifact,
  };
}

/** Appends to the job's summary, where there is one. */
async function appendSummary(render: (budget: Budget) => string): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  try {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    const left = Math.max(0, summaryBytes - size);
    await appendFile(path, `${size > 0 ? "\n" : ""}${render({ bytes: left, characters: left })}`);
  } catch (error) {
    throw new CommandError(`The job summary can't be written. ${fileProblem(error)}`, otherFailure);
  }
}
