import { outcomeOf } from "../status/detailedStatus";
import type { PackStatus } from "../status/packStatus";
import { placeKey } from "../status/place";
import { plural } from "../text/plural";
import { sanitize } from "../text/sanitize";

/** The progress of a pack. */
export interface Progress {
  readonly packName: string;
  /** The things that are counted: with several regions, each account has a row in each. */
  readonly noun: "account" | "row";
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly inProgress: number;
  readonly stuck: number;
  readonly missing: number;
}

/** Who is told of a wait. */
export interface WaitListener {
  /** Is given a line whenever something has changed. */
  readonly say?: ((line: string) => void) | undefined;
  /** Is given the same in numbers, after each look. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Is given a sentence about an error that the wait goes on after. */
  readonly onTrouble?: ((sentence: string) => void) | undefined;
}

/** Reports how far a pack is, when that has changed. */
export class WaitProgress {
  readonly #listener: WaitListener;
  #last = "";

  constructor(listener: WaitListener) {
    this.#listener = listener;
  }

  /**
   * @param status - All rows, as they were read last.
   * @param unfinished - The rows that are unfinished or failed now.
   */
  report(status: PackStatus, unfinished: PackStatus = status): void {
    const progress = progressOf(status, unfinished);
    this.#listener.onProgress?.(progress);
    this.#sayOnce(sentenceOf(progress));
  }

  reportTrouble(error: Error): void {
    // The error names the pack.
    const sentence = `Trying again: ${sanitize(error.message.split("\n", 1).join(), 300)}`;
    this.#listener.onTrouble?.(sentence);
    this.#sayOnce(sentence);
  }

  #sayOnce(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#listener.say?.(text);
  }
}

function progressOf(status: PackStatus, unfinished: PackStatus): Progress {
  const known = new Set(
    [...status.members, ...unfinished.members].filter((member) => outcomeOf(member.status) !== "deleted").map(placeKey),
  );
  const missing = status.missing.filter((account) => !known.has(placeKey(account))).length;
  const total = known.size + missing;
  const inProgress = unfinished.inProgress.length;
  return {
    packName: status.name,
    noun: status.regions.length > 1 ? "row" : "account",
    total,
    done: total - missing - inProgress,
    failed: unfinished.failed.length,
    inProgress,
    stuck: unfinished.stuck.length,
    missing,
  };
}

function sentenceOf({ done, failed, noun, packName, stuck, total }: Progress): string {
  const stuckToo = stuck > 0 ? `, ${String(stuck)} stuck` : "";
  // A display cuts a long line: what changes comes first.
  return `${String(done)} of ${plural(total, noun)} done, ${String(failed)} failed${stuckToo}: pack "${sanitize(packName, 128)}"`;
}
