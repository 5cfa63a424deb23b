import type { Progress } from "../core/lookup/waitProgress";
import { sanitize } from "../core/text/sanitize";
import type { GlobalFlags } from "./globalFlags";
import { doneOf, type ProgressDisplay } from "./progress";

/** The most columns of a bar, and the fewest with which it still says something. */
const [widest, narrowest] = [24, 8];

/** Progress as a line for each pack, which is redrawn. */
export async function progressBar(color: GlobalFlags["color"]): Promise<ProgressDisplay> {
  // Loaded only here: a command that waits for nothing needs none.
  const { default: ora } = await import("ora");
  const started = Date.now();
  const packs = new Map<number, Progress>();
  const spinner = ora({ stream: process.stderr, discardStdin: false, ...(color === "never" && { color: false }) });
  const draw = (): void => {
    // Beside the text there is the spinner, and ora takes a line that is nearly full for two.
    const columns = process.stderr.columns || 80;
    spinner.text = [...packs.values()]
      .map((progress) => barLine(progress, Date.now() - started, columns - 5))
      .join("\n  ");
  };
  const clock = setInterval(draw, 1_000).unref();
  spinner.start("Looking up …");
  return {
    show: (index, progress) => {
      packs.set(index, progress);
      draw();
    },
    say: (sentence) => {
      spinner.clear();
      process.stderr.write(`${sentence}\n`);
    },
    stop: () => {
      clearInterval(clock);
      spinner.stop();
    },
  };
}

/** `security-baseline  180 of 250 accounts done  ███████░░░  0 failed  4m12s  (stuck: 2)`: the bar gives way where it is narrow. */
export function barLine(progress: Progress, elapsedMs: number, columns: number): string {
  const { done, failed, missing, packName, stuck, total } = progress;
  const before = `${sanitize(packName, 128)}  ${doneOf(progress)}`;
  const remarks = [
    ...(stuck > 0 ? [`stuck: ${String(stuck)}`] : []),
    ...(missing > 0 ? [`missing: ${String(missing)}`] : []),
  ];
  const after = [
    `${String(failed)} failed`,
    duration(elapsedMs),
    ...(remarks.length > 0 ? [`(${remarks.join(", ")})`] : []),
  ].join("  ");
  const width = Math.min(widest, columns - before.length - after.length - 4);
  if (width < narrowest) return `${before}  ${after}`;
  const filled = total === 0 ? 0 : Math.floor((done / total) * width);
  return `${before}  ${"█".repeat(filled)}${"░".repeat(width - filled)}  ${after}`;
}

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${String(hours)}h` : ""}${hours + minutes > 0 ? `${String(minutes)}m` : ""}${String(seconds % 60)}s`;
}
