import type { GlobalFlags } from "./globalFlags";
import type { ProgressDisplay } from "./progress";
import { progressBar } from "./progressBar";
import { ProgressLines } from "./progressLines";

const silent: ProgressDisplay = { show: () => undefined, say: () => undefined, stop: () => undefined };

/** A bar on a terminal, lines elsewhere, and nothing with `--quiet`. */
export async function progressDisplay({ color, quiet }: GlobalFlags): Promise<ProgressDisplay> {
  if (quiet) return silent;
  if (process.stderr.isTTY) return progressBar(color);
  return new ProgressLines((line) => process.stderr.write(`${line}\n`));
}
