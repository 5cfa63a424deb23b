import { performance } from "node:perf_hooks";

/** The rate at which a service takes requests: so many a second, and so many at once after a pause. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** AWS's way of throttling: each request takes a token, and tokens come back at a steady rate. */
export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #filledAt = performance.now();

  constructor(limit: RateLimit) {
    this.#limit = limit;
    this.#tokens = limit.burst;
  }

  /** Takes a token. Returns false if there is none. */
  take(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + ((now - this.#filledAt) / 1_000) * this.#limit.perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
