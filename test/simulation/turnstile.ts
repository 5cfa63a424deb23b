import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Lets calls through one by one, in an order that `picks` says: of the calls that wait to be sent and the answers that
 * wait to be read, the next one is chosen whenever nothing else can go on. So concurrency is explored, and replays.
 */
export class Turnstile {
  readonly #picks: readonly number[];
  readonly #waiting: (() => Promise<void> | void)[] = [];
  #picked = 0;
  #turning: Promise<void> | undefined;

  constructor(picks: readonly number[]) {
    this.#picks = picks;
  }

  pass<T>(call: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(async () => {
        const read = await call().then(
          (answer) => () => {
            resolve(answer);
          },
          (error: unknown) => () => {
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it came
            reject(error);
          },
        );
        this.#waiting.push(read);
      });
      this.#turning ??= this.#turn();
    });
  }

  /** Until no call is under way. */
  async idle(): Promise<void> {
    while (this.#turning) await this.#turning;
  }

  async #turn(): Promise<void> {
    await nextTurn();
    while (this.#waiting.length > 0) {
      const pick = this.#picks[this.#picked % this.#picks.length] ?? 0;
      this.#picked += 1;
      await this.#waiting.splice(pick % this.#waiting.length, 1)[0]?.();
      await nextTurn();
    }
    this.#turning = undefined;
  }
}
