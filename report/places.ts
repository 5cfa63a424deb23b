import { ownersById } from "../core/status/accountOwner";
import { type MemberOutcome, outcomeOf } from "../core/status/detailedStatus";
import { byAccountThenRegion, type Place, placeKey } from "../core/status/place";
import type { FoundStatus, Toleration } from "../core/statusFile/statusFile";

/** The state of an account in a region. */
export type Outcome = MemberOutcome | "stuck" | "outdated" | "missing";

/** All that a status file says of one account in one region. */
export interface KnownPlace extends Place {
  readonly outcome: Outcome;
  /** The exception or limit that covers its trouble; absent where it keeps the gate closed. */
  readonly tolerated?: Toleration;
  /** AWS's row; absent where AWS shows none. */
  readonly member?: FoundStatus["members"][number];
  readonly missing?: FoundStatus["missing"][number];
  /** Who owns the account, where the lookup read it. */
  readonly owner?: string;
  /** Why it should have no row. */
  readonly unexpected?: FoundStatus["unexpected"][number]["cause"];
  /** True also of a row that is missing because it has been leaving for too long. */
  readonly isStuck: boolean;
  /** The places of its causes in the status file's `causes`. */
  readonly causes: readonly number[];
}

/** Every account in every region, by account, then region. One that is missing and has a row all the same is one place. */
export function placesOf(file: FoundStatus): readonly KnownPlace[] {
  const { members, missing, stuck, unexpected } = file;
  const stuckAt = new Set(stuck.map(placeKey));
  const missingAt = new Map(missing.map((account) => [placeKey(account), account]));
  const unexpectedAt = new Map(unexpected.map((member) => [placeKey(member), member.cause]));
  const causesAt = causesByPlace(file);
  const owners = ownersById(file.accountOwners);
  const placeOf = (place: Place, facts: Pick<KnownPlace, "member" | "missing">): KnownPlace => {
    const { accountId, accountName, region } = place;
    const key = placeKey(place);
    const causes = causesAt.get(key) ?? [];
    const cause = unexpectedAt.get(key);
    const owner = owners.get(accountId);
    const isStuck = stuckAt.has(key);
    // Within a limit, a failed row that AWS has still to update keeps the gate closed all the same.
    const isOutdated = causes.length > 0 && causes.every((index) => file.causes[index]?.kind === "outdated");
    const tolerated = coveredBy(facts);
    return {
      accountId,
      ...(accountName !== undefined && { accountName }),
      region,
      ...facts,
      ...(cause !== undefined && { unexpected: cause }),
      ...(owner !== undefined && { owner }),
      isStuck,
      causes,
      outcome: outcomeAt(facts, isStuck, isOutdated),
      ...(tolerated && { tolerated }),
    };
  };
  const withRow = members.map((member) => {
    const key = placeKey(member);
    const absent = missingAt.get(key);
    missingAt.delete(key);
    return placeOf(member, { member, ...(absent && { missing: absent }) });
  });
  const withoutRow = [...missingAt.values()].map((absent) => placeOf(absent, { missing: absent }));
  return withoutRow.length === 0 ? withRow : [...withRow, ...withoutRow].sort(byAccountThenRegion);
}

/** True for a place that a person has to look at, also where it keeps no gate closed. */
export function isTrouble({ outcome }: Pick<KnownPlace, "outcome">): boolean {
  return outcome !== "successful" && outcome !== "deleted";
}

/** The row and the absence may be covered apart: what keeps the gate closed counts. */
function coveredBy({ member, missing }: Pick<KnownPlace, "member" | "missing">): Toleration | undefined {
  if (missing && !missing.tolerated) return undefined;
  return member?.tolerated ?? missing?.tolerated;
}

function outcomeAt(
  { member, missing }: Pick<KnownPlace, "member" | "missing">,
  isStuck: boolean,
  isOutdated: boolean,
): Outcome {
  if (missing || !member) return "missing";
  if (isStuck) return "stuck";
  return isOutdated ? "outdated" : outcomeOf(member.status);
}

function causesByPlace({ causes }: FoundStatus): ReadonlyMap<string, readonly number[]> {
  const at = new Map<string, number[]>();
  causes.forEach(({ accounts }, index) => {
    for (const { accountId, regions } of accounts) {
      for (const region of regions) {
        const key = placeKey({ accountId, region });
        const known = at.get(key);
        if (known) known.push(index);
        else at.set(key, [index]);
      }
    }
  });
  return at;
}
