import { sanitize } from "../text/sanitize";
import { groupBy } from "../status/groupBy";
import type { Place } from "../status/place";
import { lastMoment } from "./expiry";
import type { ToleratedAccount } from "./tolerance";

const regionsShown = 5;

/** What an exception lifted. */
interface Use {
  readonly trouble: string;
  readonly region: string;
}

/** The exceptions for accounts, and the uses of each. */
export class Exceptions {
  readonly #byAccount = new Map<string, { readonly exception: ToleratedAccount; readonly uses: Use[] }[]>();
  readonly #now: Date;

  /** @param now - The time by which they expire. */
  constructor(accounts: readonly ToleratedAccount[], now: Date) {
    this.#now = now;
    for (const exception of accounts) {
      const entries = this.#byAccount.get(exception.accountId) ?? [];
      entries.push({ exception, uses: [] });
      this.#byAccount.set(exception.accountId, entries);
    }
  }

  /** The `places` that no exception covers. */
  without<T extends Place>(places: readonly T[], trouble: (place: T) => string): readonly T[] {
    if (this.#byAccount.size === 0) return places;
    return places.filter((place) => {
      const entry = this.#covering(place);
      entry?.uses.push({ trouble: sanitize(trouble(place), 60), region: sanitize(place.region, 40) });
      return entry === undefined;
    });
  }

  /** The exception that covers `place`, if there is one. */
  covering(place: Place): ToleratedAccount | undefined {
    return this.#covering(place)?.exception;
  }

  /** A sentence for each expired exception that would have covered one of `places`. */
  expiredFor(places: readonly Place[]): string[] {
    const expired = new Set(
      places.flatMap((place) =>
        this.#matching(place).flatMap(({ exception }) => (this.#isExpired(exception) ? [exception] : [])),
      ),
    );
    return [...expired].map(
      (exception) =>
        `The exception for ${subjectOf(exception)} expired on ${exception.expires ?? ""}: ${sanitize(exception.reason, 200)}`,
    );
  }

  /** A sentence for each exception that was used. */
  used(): string[] {
    return this.#all().flatMap(({ exception, uses }) => {
      if (uses.length === 0) return [];
      const until = exception.expires === undefined ? "" : ` until ${exception.expires}`;
      return [
        `Account ${exception.accountId} is ${sentenceOf(uses)}. Excepted${until}: ${sanitize(exception.reason, 200)}`,
      ];
    });
  }

  /**
   * A sentence for each exception that is no longer needed, so that lists get cleaned up.
   *
   * @param members - All rows.
   * @param left - The places that no exception covers.
   * @param isPartial - Set when there are rows that are not among the members.
   */
  unused(members: readonly Place[], left: readonly Place[], isPartial: boolean): string[] {
    return this.#all()
      .filter(
        // An expired one that is still needed is reported where it is needed.
        ({ exception, uses }) => uses.length === 0 && !left.some((place) => covers(exception, place)),
      )
      .map(({ exception }) => {
        const expired = this.#isExpired(exception) ? ` It expired on ${exception.expires ?? ""}.` : "";
        return `The exception for ${subjectOf(exception)} matches nothing: ${this.#whyUnused(exception, members, isPartial)}. Remove it.${expired}`;
      });
  }

  #whyUnused(exception: ToleratedAccount, members: readonly Place[], isPartial: boolean): string {
    const twins = this.#byAccount.get(exception.accountId) ?? [];
    if (twins.some(({ uses }) => uses.length > 0)) return "another exception covers the account already";
    const isKnown = isPartial || members.some((member) => covers(exception, member));
    return isKnown ? "the account needs no exception" : "there is no such account";
  }

  #all() {
    return [...this.#byAccount.values()].flat();
  }

  #covering(place: Place) {
    return this.#matching(place).find(({ exception }) => !this.#isExpired(exception));
  }

  #matching(place: Place) {
    return (this.#byAccount.get(place.accountId) ?? []).filter(({ exception }) => covers(exception, place));
  }

  #isExpired({ expires }: ToleratedAccount): boolean {
    // By an invalid time, everything has expired.
    return expires !== undefined && !(this.#now.getTime() <= (lastMoment(expires) ?? 0));
  }
}

function covers({ accountId, regions }: ToleratedAccount, place: Place): boolean {
  return accountId === place.accountId && (regions === undefined || regions.includes(place.region));
}

function subjectOf({ accountId, regions }: ToleratedAccount): string {
  return regions === undefined ? accountId : `${accountId} in ${regions.join(", ")}`;
}

/** `CREATE_FAILED in eu-west-1, us-east-1; UPDATE_FAILED in eu-north-1`. */
function sentenceOf(uses: readonly Use[]): string {
  return [...groupBy(uses, ({ trouble }) => trouble)]
    .map(([trouble, regions]) => {
      const more = regions.length > regionsShown ? ` and ${String(regions.length - regionsShown)} more` : "";
      return `${trouble} in ${regions
        .slice(0, regionsShown)
        .map(({ region }) => region)
        .join(", ")}${more}`;
    })
    .join("; ");
}
