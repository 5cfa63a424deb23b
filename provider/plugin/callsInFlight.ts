/** The calls of the engine that are not answered yet. */
export class CallsInFlight {
  readonly #controllers = new Set<AbortController>();

  /** Makes a call, which the signal can end. */
  async run<T>(call: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.add(controller);
    try {
      return await call(controller.signal);
    } finally {
      this.#controllers.delete(controller);
    }
  }

  /** Ends the calls that are in flight now. Later ones are not affected: the engine cancels at the end of every run. */
  cancel(): void {
    for (const controller of this.#controllers) controller.abort();
  }
}
