import {
  ConfiguredRetryStrategy,
  DefaultRateLimiter,
  MAXIMUM_RETRY_DELAY,
  Retry,
  retryMiddleware,
  retryMiddlewareOptions,
} from "@smithy/core/retry";
import { setTimeout as pause } from "node:timers/promises";
import { unlessAborted } from "./unlessAborted";

type RetryConfig = Parameters<typeof retryMiddleware>[0];
type RetryMiddleware = ReturnType<typeof retryMiddleware>;
type RetryToken = Awaited<ReturnType<ConfiguredRetryStrategy["acquireInitialRetryToken"]>>;
type RetryErrorInfo = Parameters<ConfiguredRetryStrategy["refreshRetryTokenForRetry"]>[1];

/** The SDK's clients, as far as they retry. */
interface RetryingClient {
  readonly config: RetryConfig;
  readonly middlewareStack: { add(middleware: RetryMiddleware, options: typeof retryMiddlewareOptions): void };
}

/**
 * Has a client's pauses between attempts end when the call is aborted. An abort rejects a call of the SDK at once, but the
 * timer of the SDK's own pause goes on, and keeps the process alive for up to 20 seconds.
 *
 * The SDK decides, as before, what is retried and how often.
 */
export function endPausesOnAbort(client: object): void {
  const { config, middlewareStack } = client as unknown as RetryingClient;
  let shared: Promise<ClientRetries> | undefined;
  middlewareStack.add((next, context) => {
    const { __smithy_context: call } = context as {
      readonly __smithy_context?: { readonly abortSignal?: AbortSignal };
    };
    const retryStrategy = async () => new CallRetries(await (shared ??= clientRetries(config)), call?.abortSignal);
    // Not a copy: a call would pay for some fifty settings.
    return retryMiddleware(Object.assign(Object.create(config) as RetryConfig, { retryStrategy }))(next, context);
  }, retryMiddlewareOptions);
}

/** The part of retrying that all calls of a client share. */
interface ClientRetries {
  /** The SDK's rules, without its pauses. */
  readonly rules: ConfiguredRetryStrategy;
  /** Only in the retry mode `adaptive`. */
  readonly pace?: Pace;
}

async function clientRetries({ maxAttempts, retryStrategy }: RetryConfig): Promise<ClientRetries> {
  const sdk = await retryStrategy();
  const isAdaptive = "mode" in sdk && sdk.mode === "adaptive";
  const rules = new ConfiguredRetryStrategy(maxAttempts, () => 0);
  return { rules, ...(isAdaptive && { pace: new Pace() }) };
}

/** The retries of one call, whose pauses end with it. */
class CallRetries {
  readonly #client: ClientRetries;
  readonly #signal: AbortSignal | undefined;

  constructor(client: ClientRetries, signal: AbortSignal | undefined) {
    this.#client = client;
    this.#signal = signal;
  }

  async acquireInitialRetryToken(scope: string): Promise<RetryToken> {
    const token = await this.#client.rules.acquireInitialRetryToken(scope);
    await this.#client.pace?.turn(this.#signal);
    return token;
  }

  async refreshRetryTokenForRetry(token: RetryToken, info: RetryErrorInfo): Promise<RetryToken> {
    const { pace, rules } = this.#client;
    pace?.limiter.updateClientSendingRate(info);
    // Without AWS's hint, for which the rules would pause themselves.
    const next = await rules.refreshRetryTokenForRetry(token, { errorType: info.errorType });
    const ms = pauseMs(token.getRetryCount(), info);
    await pause(ms, undefined, { signal: this.#signal });
    if (next.$retryLog) next.$retryLog.acquisitionDelay = ms;
    await pace?.turn(this.#signal);
    return next;
  }

  recordSuccess(token: RetryToken): void {
    this.#client.pace?.limiter.updateClientSendingRate({});
    this.#client.rules.recordSuccess(token);
  }
}

/** The SDK's own formula: random, with a limit that doubles at each attempt, and at most 5 seconds longer if AWS asks for it. */
function pauseMs(attempt: number, { errorType, retryAfterHint }: RetryErrorInfo): number {
  const base = errorType === "THROTTLING" ? Retry.throttlingDelay() : Retry.delay();
  const ms = Math.floor(Math.random() * Math.min(base * 2 ** attempt, MAXIMUM_RETRY_DELAY));
  const asked = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
  return Math.max(ms, Math.min(asked, ms + 5_000));
}

/** The pace of a client that AWS has throttled. */
class Pace {
  readonly limiter = new DefaultRateLimiter();
  #coming: Promise<void> | undefined;

  /**
   * Waits for a token to send with. One is requested at a time, and the token of an aborted call goes to the next call. The
   * limiter's own timer has no end but its time, of two seconds at most.
   */
  async turn(signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const coming = (this.#coming ??= this.limiter.getSendToken());
      await unlessAborted(coming, signal);
      if (this.#coming !== coming) continue;
      this.#coming = undefined;
      return;
    }
  }
}
