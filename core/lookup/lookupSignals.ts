import { anySignal } from "../aws/anySignal";
import { failureOf } from "../aws/awsFailure";
import { memberStatusAction } from "../aws/memberStatusPages";
import { unlessAborted } from "../aws/unlessAborted";
import { Failure, TimedOutError } from "../errors";

/** The time for a whole lookup, without `timeoutSeconds`. */
export const defaultTimeoutSeconds = 300;

/** The ends of a lookup before its time: by the caller, by its time limit, by a failure in another part of it. */
export class LookupSignals {
  /** Aborts at the first of them. */
  readonly signal: AbortSignal;
  readonly #caller: AbortSignal | undefined;
  readonly #deadline: AbortSignal | undefined;
  readonly #ended = new AbortController();

  constructor(caller: AbortSignal | undefined, timeoutSeconds: number | undefined) {
    this.#caller = caller;
    // Whole milliseconds: Node takes no others.
    this.#deadline = timeoutSeconds === undefined ? undefined : AbortSignal.timeout(Math.ceil(timeoutSeconds * 1_000));
    this.signal = anySignal([caller, this.#deadline, this.#ended.signal]);
  }

  /** Ends what is still under way. */
  end(): void {
    this.#ended.abort();
  }

  /**
   * The failure that something thrown in a region comes to.
   *
   * @throws The caller's reason when the caller has aborted; an error of this package as it is.
   */
  failureOf(thrown: unknown, packName: string, region: string): Failure {
    this.#caller?.throwIfAborted();
    if (this.#deadline?.aborted) return new Failure(TimedOutError, { packName, region, limit: "timeoutSeconds" });
    this.#ended.signal.throwIfAborted();
    return failureOf(thrown, memberStatusAction, { packName, region });
  }

  /**
   * The outcome of `promise`, or `undefined` when it fails or the time is over.
   *
   * @throws The caller's reason when the caller aborts.
   */
  async inTime<T>(promise: Promise<T>): Promise<T | undefined> {
    try {
      return await unlessAborted(promise, anySignal([this.#caller, this.#deadline]));
    } catch {
      this.#caller?.throwIfAborted();
      return undefined;
    }
  }
}
