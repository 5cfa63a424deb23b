import type { Progress } from "../core/lookup/waitProgress";
import { plural } from "../core/text/plural";

/** Shows how far packs are, on stderr. */
export interface ProgressDisplay {
  /** @param index - The pack's place among those that are waited for. */
  readonly show: (index: number, progress: Progress) => void;
  readonly say: (sentence: string) => void;
  readonly stop: () => void;
}

/** `180 of 250 accounts done` */
export function doneOf({ done, noun, total }: Progress): string {
  return `${String(done)} of ${plural(total, noun)} done`;
}
