import type { Progress } from "../core/lookup/waitProgress";
import { sanitize } from "../core/text/sanitize";
import { doneOf, type ProgressDisplay } from "./progress";

/** A pack's lines are at least this far apart. */
const pauseMs = 30_000;
/** Some CI systems end a job that prints nothing for ten minutes. */
const silenceMs = 300_000;

/** Progress as lines, for a log: one on a change, and one from time to time without. */
export class ProgressLines implements ProgressDisplay {
  readonly #write: (line: string) => void;
  readonly #packs = new Map<number, { progress: Progress; written: string; at: number }>();
  readonly #timer: NodeJS.Timeout;

  constructor(write: (line: string) => void) {
    this.#write = write;
    this.#timer = setInterval(() => {
      for (const index of this.#packs.keys()) this.#writeIfDue(index);
    }, 1_000).unref();
  }

  readonly show = (index: number, progress: Progress): void => {
    const known = this.#packs.get(index) ?? { progress, written: "", at: -Infinity };
    known.progress = progress;
    this.#packs.set(index, known);
    this.#writeIfDue(index);
  };

  readonly say = (sentence: string): void => {
    this.#write(`${timeOfDay(new Date())} ${sentence}`);
  };

  readonly stop = (): void => {
    clearInterval(this.#timer);
  };

  #writeIfDue(index: number): void {
    const pack = this.#packs.get(index);
    if (!pack) return;
    const line = lineOf(pack.progress);
    const now = Date.now();
    if (now - pack.at < (line === pack.written ? silenceMs : pauseMs)) return;
    pack.written = line;
    pack.at = now;
    this.#write(`${timeOfDay(new Date(now))} ${line}`);
  }
}

function lineOf(progress: Progress): string {
  const { failed, inProgress, missing, packName, stuck } = progress;
  return [
    `${sanitize(packName, 128)}: ${doneOf(progress)}`,
    `${String(failed)} failed`,
    `${String(inProgress)} in progress${stuck > 0 ? ` (${String(stuck)} stuck)` : ""}`,
    ...(missing > 0 ? [`${String(missing)} missing`] : []),
  ].join(", ");
}

function timeOfDay(time: Date): string {
  return time.toISOString().slice(11, 19);
}
