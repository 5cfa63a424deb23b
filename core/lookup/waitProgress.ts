import { outcomeOf } from "../status/detailedStatus";
import type { PackStatus } from "../status/packStatus";
import { placeKey } from "../status/place";
import { plural } from "../text/plural";
import { sanitize } from "../text/sanitize";

/** Reports how far a pack is, when that has changed. */
export class WaitProgress {
  readonly #packName: string;
  readonly #say: (line: string) => void;
  #last = "";

  constructor(packName: string, say: (line: string) => void) {
    this.#packName = packName;
    this.#say = say;
  }

  /**
   * @param status - All rows, as they were read last.
   * @param unfinished - The rows that are unfinished or failed now.
   */
  report(status: PackStatus, unfinished: PackStatus = status): void {
    const known = new Set(
      [...status.members, ...unfinished.members]
        .filter((member) => outcomeOf(member.status) !== "deleted")
        .map(placeKey),
    );
    const missing = status.missing.filter((account) => !known.has(placeKey(account)));
    const total = known.size + missing.length;
    const done = total - missing.length - unfinished.inProgress.length;
    const noun = status.regions.length > 1 ? "row" : "account";
    const stuck = unfinished.stuck.length > 0 ? `, ${String(unfinished.stuck.length)} stuck` : "";
    // A display cuts a long line: what changes comes first.
    this.#sayOnce(
      `${String(done)} of ${plural(total, noun)} done, ${String(unfinished.failed.length)} failed${stuck}: pack "${sanitize(this.#packName, 128)}"`,
    );
  }

  reportTrouble(error: Error): void {
    // The error names the pack.
    this.#sayOnce(`Trying again: ${sanitize(error.message.split("\n", 1).join(), 300)}`);
  }

  #sayOnce(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#say(text);
  }
}
