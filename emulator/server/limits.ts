import { accessDenied, throttled } from "../faults/awsErrors";
import { actionOf } from "../services/actions";
import { configTarget } from "../services/configService";
import type { EmulatedRequest } from "./emulatedRequest";
import { type RateLimit, TokenBucket } from "./tokenBucket";

/** The requests that callers may make. Each default is no limit. */
export interface LimitOptions {
  /** The IAM actions that callers have; `sts:GetCallerIdentity` needs none. */
  readonly allowedActions?: readonly string[] | undefined;
  /** The rate of requests that AWS Config takes in each region. */
  readonly rateLimit?: RateLimit | undefined;
}

/** Denies actions that are not allowed, and throttles AWS Config. */
export class Limits {
  readonly #allowed: ReadonlySet<string> | undefined;
  readonly #rateLimit: RateLimit | undefined;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor({ allowedActions, rateLimit }: LimitOptions) {
    this.#allowed = allowedActions && new Set([...allowedActions, "sts:GetCallerIdentity"]);
    this.#rateLimit = rateLimit;
  }

  /** Throws AWS's answer to a request that is over a limit. */
  check({ operation, principal, region }: EmulatedRequest, target: string): void {
    if (this.#allowed?.has(actionOf(operation)) === false) throw accessDenied(operation, principal);
    if (target.split(".")[0] === configTarget && !this.#take(region)) throw throttled(operation);
  }

  #take(region: string): boolean {
    if (!this.#rateLimit) return true;
    const bucket = this.#buckets.get(region) ?? new TokenBucket(this.#rateLimit);
    this.#buckets.set(region, bucket);
    return bucket.take();
  }
}
