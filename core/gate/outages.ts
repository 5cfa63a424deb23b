import type { RegionStatus } from "../status/judgement";
import { reason, type Reason, ruleOf } from "../status/reasons";
import { sanitize } from "../text/sanitize";
import { isInForce, type ToleratedOutage } from "./toleratedOutage";

/** The regions that AWS does not answer for, and the exception that may excuse them. */
export class Outages {
  readonly #regions: ReadonlySet<string>;
  readonly #exception: ToleratedOutage | undefined;
  readonly #isInForce: boolean;

  /** @param now - The time by which the exception expires. */
  constructor(regions: readonly RegionStatus[], exception: ToleratedOutage | undefined, now: Date) {
    this.#regions = new Set(regions.flatMap(({ isOutage, region }) => (isOutage === true ? [region] : [])));
    this.#exception = exception;
    this.#isInForce = isInForce(exception, now);
  }

  /** The remark in place of a reason that the exception lifts: every message says so until it expires. */
  remarkFor(given: Reason): Reason | undefined {
    const { message, region } = given;
    const exception = this.#exceptionFor(given);
    if (!exception || !this.#isInForce || region === undefined || !this.#regions.has(region)) return undefined;
    const { expires, reason: why } = exception;
    return reason("unansweredTolerated", {
      region,
      message: `${message} Nothing is known of its accounts. It passes until ${expires} because of tolerate.unanswered: ${sanitize(why, 200)}`,
    });
  }

  /** A sentence for an exception that seems to be for a reason, and does not lift it. */
  notesFor(given: Reason): string[] {
    const exception = this.#exceptionFor(given);
    if (!exception) return [];
    if (this.#isInForce)
      return [
        "tolerate.unanswered does not apply: it is for regions that give no answer, not for a refusal, credentials, a proxy or a certificate.",
      ];
    return [`The exception tolerate.unanswered expired at ${exception.expires}: ${sanitize(exception.reason, 200)}`];
  }

  /** A sentence for an exception that is no longer needed. */
  unused(given: readonly Reason[]): string[] {
    // The reason itself says when it has expired, or does not cover a refusal.
    if (!this.#exception || this.#regions.size > 0 || given.some((each) => this.#exceptionFor(each))) return [];
    const expired = this.#isInForce ? "" : ` It expired at ${this.#exception.expires}.`;
    return [`The exception tolerate.unanswered matches nothing: no region is without an answer. Remove it.${expired}`];
  }

  #exceptionFor(given: Reason): ToleratedOutage | undefined {
    return ruleOf(given).liftedBy.includes("unanswered") ? this.#exception : undefined;
  }
}
