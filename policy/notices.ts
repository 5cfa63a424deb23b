import type { GateDecision } from "../core/gate/decision";
import { type ReportOptions, whomToAsk } from "../core/gate/report";

/**
 * Notices of a run's policies for its end, by URN: the exceptions that they applied, and the warnings. A policy that is
 * not violated has no words of its own; the advisory policy `tolerated` says them.
 */
export class Notices {
  readonly #notices = new Map<string, Set<string>>();
  readonly #waits = new Map<string, string>();
  readonly #saidInFull = new Map<string, Set<string>>();

  remember(urn: string, sentences: readonly string[]): void {
    if (sentences.length === 0) return;
    const known = this.#notices.get(urn) ?? new Set();
    for (const sentence of sentences) known.add(sentence);
    this.#notices.set(urn, known);
  }

  rememberDecision(urn: string, { tolerated, warnings }: GateDecision): void {
    this.remember(urn, [...tolerated, ...warnings]);
  }

  /** Remembers how a pack was before the update waits for it. */
  rememberWait(urn: string, text: string): void {
    this.#waits.set(urn, text);
  }

  /**
   * The notices, each once.
   *
   * @param hasSettled - True for a resource that has settled by the end of the run: its state before the wait is no news
   *   then.
   */
  take(hasSettled: (urn: string) => boolean): [urn: string, sentences: readonly string[]][] {
    for (const [urn, text] of this.#waits) if (!hasSettled(urn)) this.remember(urn, [text]);
    const taken = [...this.#notices].map(([urn, sentences]): [string, string[]] => [urn, [...sentences]]);
    this.#notices.clear();
    this.#waits.clear();
    return taken;
  }

  /**
   * A violation that each policy of a pack reports, so that the gate stays closed whichever of them are turned off or
   * advisory: in full the first time, and by its first sentence from then on. It ends with whom the policy says to ask,
   * unless another one has said the same.
   */
  inFullOnce(urn: string, message: string, options: ReportOptions): string {
    const said = this.#saidInFull.get(urn) ?? new Set();
    this.#saidInFull.set(urn, said);
    const text = said.has(message) ? `${message.split(/(?<=\.)\s/, 1).join()} Another policy says more.` : message;
    const asks = [...whomToAsk(options)].filter((line) => !said.has(`${message}\n${line}`));
    said.add(message);
    for (const line of asks) said.add(`${message}\n${line}`);
    return [text, ...asks].join("\n");
  }
}
