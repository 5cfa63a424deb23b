import { sanitize } from "../text/sanitize";
import { plural } from "../text/plural";
import { shortList } from "../text/shortList";
import { groupBy } from "../status/groupBy";
import { accountsUnder, type OrganizationalUnit } from "../status/organizationalUnit";
import type { Place } from "../status/place";
import { isExpired } from "./expiry";
import type { Tolerance, ToleratedAccount, ToleratedUnit } from "./tolerance";

const regionsShown = 5;

/** The use of an exception. */
interface Use {
  readonly accountId: string;
  readonly trouble: string;
  readonly region: string;
}

/** An exception, and the uses of it. */
interface Entry {
  readonly exception: ToleratedAccount | ToleratedUnit;
  readonly uses: Use[];
}

/** The exceptions for accounts and organizational units, and the uses of each. */
export class Exceptions {
  /** In this order they apply: an account's own first. */
  readonly #entries: readonly Entry[];
  readonly #byAccount = new Map<string, Entry[]>();
  readonly #knownUnits: ReadonlySet<string>;
  readonly #now: Date;

  /**
   * @param units - The units that the lookup read, with the accounts that may need an exception.
   * @param now - The time by which exceptions expire.
   */
  constructor(
    { accounts = [], organizationalUnits = [] }: Tolerance,
    units: readonly OrganizationalUnit[] | undefined,
    now: Date,
  ) {
    this.#now = now;
    this.#knownUnits = new Set(units === undefined ? [] : organizationalUnits.map(({ id }) => id));
    const ofAccounts = accounts.map((exception) => this.#entry(exception, [exception.accountId]));
    const ofUnits = organizationalUnits.map((exception) =>
      this.#entry(exception, accountsUnder([exception.id], units)),
    );
    this.#entries = [...ofAccounts, ...ofUnits];
  }

  /** The `places` that no exception covers. */
  without<T extends Place>(places: readonly T[], trouble: (place: T) => string): readonly T[] {
    if (this.#byAccount.size === 0) return places;
    return places.filter((place) => {
      const entry = this.#covering(place);
      const { accountId, region } = place;
      entry?.uses.push({ accountId, trouble: sanitize(trouble(place), 60), region: sanitize(region, 40) });
      return entry === undefined;
    });
  }

  /** The exception that covers `place`, if there is one. */
  covering(place: Place): ToleratedAccount | ToleratedUnit | undefined {
    return this.#covering(place)?.exception;
  }

  /** A sentence for each expired exception that would have covered one of `places`. */
  expiredFor(places: readonly Place[]): string[] {
    const expired = new Set(
      places.flatMap((place) =>
        this.#matching(place).flatMap(({ exception }) => (isExpired(exception.expires, this.#now) ? [exception] : [])),
      ),
    );
    return [...expired].map(
      (exception) =>
        `The exception for ${subjectOf(exception)} expired on ${exception.expires ?? ""}: ${sanitize(exception.reason, 200)}`,
    );
  }

  /** A sentence for each exception that was used. */
  used(): string[] {
    return this.#entries.flatMap(({ exception, uses }) => {
      if (uses.length === 0) return [];
      const until = exception.expires === undefined ? "" : ` until ${exception.expires}`;
      return [`${useOf(exception, uses)}. Excepted${until}: ${sanitize(exception.reason, 200)}`];
    });
  }

  /**
   * The exceptions that are used, and the expired ones that would be.
   *
   * @param left - The places that no exception covers.
   */
  needed(left: readonly Place[]): ReadonlySet<ToleratedAccount | ToleratedUnit> {
    const isLeft = new Set(left.flatMap((place) => this.#matching(place)));
    return new Set(
      this.#entries.flatMap((entry) => (entry.uses.length > 0 || isLeft.has(entry) ? [entry.exception] : [])),
    );
  }

  /**
   * A sentence for each exception that is no longer needed, so that lists get cleaned up.
   *
   * @param members - All rows.
   * @param left - The places that no exception covers.
   * @param isPartial - Set when there are rows that are not among the members.
   */
  unused(members: readonly Place[], left: readonly Place[], isPartial: boolean): string[] {
    // An expired one that is still needed is reported where it is needed.
    const needed = this.needed(left);
    return this.#entries
      .filter(({ exception }) => !needed.has(exception))
      .map(({ exception }) => {
        if (isOfUnit(exception) && !this.#knownUnits.has(exception.id)) {
          return `The exception for ${subjectOf(exception)} has no effect: this status was looked up without the accounts of organizational units. Set it where the pack is looked up.${expiredNote(exception, this.#now)}`;
        }
        return matchesNothing(exception, this.#whyUnused(exception, members, isPartial), this.#now);
      });
  }

  #whyUnused(exception: Entry["exception"], members: readonly Place[], isPartial: boolean): string {
    // The healthy accounts of a unit are not known.
    if (isOfUnit(exception)) return "no account in it needs an exception, or other exceptions cover them";
    const twins = this.#byAccount.get(exception.accountId) ?? [];
    if (twins.some(({ uses }) => uses.some(({ accountId }) => accountId === exception.accountId)))
      return "another exception covers the account already";
    const isKnown = isPartial || members.some((member) => covers(exception, member));
    return isKnown ? "the account needs no exception" : "there is no such account";
  }

  #entry(exception: Entry["exception"], accountIds: Iterable<string>): Entry {
    const entry: Entry = { exception, uses: [] };
    for (const accountId of accountIds) {
      const entries = this.#byAccount.get(accountId) ?? [];
      entries.push(entry);
      this.#byAccount.set(accountId, entries);
    }
    return entry;
  }

  #covering(place: Place): Entry | undefined {
    return this.#matching(place).find(({ exception }) => !isExpired(exception.expires, this.#now));
  }

  #matching(place: Place): Entry[] {
    return (this.#byAccount.get(place.accountId) ?? []).filter(({ exception }) => isIn(exception, place));
  }
}

/** A sentence for an exception that is no longer needed. */
export function matchesNothing(exception: ToleratedAccount | ToleratedUnit, why: string, now: Date): string {
  return `The exception for ${subjectOf(exception)} matches nothing: ${why}. Remove it.${expiredNote(exception, now)}`;
}

function expiredNote(exception: Entry["exception"], now: Date): string {
  return isExpired(exception.expires, now) ? ` It expired on ${exception.expires ?? ""}.` : "";
}

function isOfUnit(exception: Entry["exception"]): exception is ToleratedUnit {
  return "id" in exception;
}

function isIn({ regions }: Entry["exception"], { region }: Place): boolean {
  return regions === undefined || regions.includes(region);
}

function covers(exception: ToleratedAccount, place: Place): boolean {
  return exception.accountId === place.accountId && isIn(exception, place);
}

function subjectOf(exception: Entry["exception"]): string {
  const { regions } = exception;
  const subject = isOfUnit(exception) ? `organizational unit ${exception.id}` : exception.accountId;
  return regions === undefined ? subject : `${subject} in ${regions.join(", ")}`;
}

/** `Account 111111111111 is CREATE_FAILED in eu-west-1`, `12 accounts of organizational unit ou-… are …`. */
function useOf(exception: Entry["exception"], uses: readonly Use[]): string {
  if (!isOfUnit(exception)) return `Account ${exception.accountId} is ${sentenceOf(uses)}`;
  const count = new Set(uses.map(({ accountId }) => accountId)).size;
  return `${plural(count, "account")} of organizational unit ${exception.id} ${count === 1 ? "is" : "are"} ${sentenceOf(uses)}`;
}

/** `CREATE_FAILED in eu-west-1, us-east-1; UPDATE_FAILED in eu-north-1`. */
function sentenceOf(uses: readonly Use[]): string {
  return [...groupBy(uses, ({ trouble }) => trouble)]
    .map(([trouble, of]) => {
      const regions = [...new Set(of.map(({ region }) => region))];
      return `${trouble} in ${shortList(regions, regionsShown)}`;
    })
    .join("; ");
}
