import type { Progress } from "../core/lookup/waitProgress";
import { plural } from "../core/text/plural";
import type { GlobalFlags } from "./globalFlags";
import { progressBar } from "./progressBar";
import { ProgressLines } from "./progressLines";

/** Shows how far packs are, on stderr. */
export interface ProgressDisplay {
  /** @param index - The pack's place among those that are waited for. */
  readonly show: (index: number, progress: Progress) => void;
  readonly say: (sentence: string) => void;
  readonly stop: () => void;
}

const silent: ProgressDisplay = { show: () => undefined, say: () => undefined, stop: () => undefined };

/** A bar on a terminal, lines elsewhere, and nothing with `--quiet`. */
export async function progressDisplay({ color, quiet }: GlobalFlags): Promise<ProgressDisplay> {
  if (quiet) return silent;
  if (process.stderr.isTTY) return progressBar(color);
  return new ProgressLines((line) => process.stderr.write(`${line}\n`));
}

/** `180 of 250 accounts done` */
export function doneOf({ done, noun, total }: Progress): string {
  return `${String(done)} of ${plural(total, noun)} done`;
}
