import type { FoundStatus, Toleration } from "../core/statusFile/statusFile";
import { ownersById } from "../core/status/accountOwner";
import { type MemberOutcome, outcomeOf } from "../core/status/detailedStatus";
import { byAccountThenRegion, placeKey } from "../core/status/place";

/** The state of an account in a region. */
export type Outcome = MemberOutcome | "stuck" | "outdated" | "missing";

/** An account in a region: a row of AWS's, or an account that is missing. */
export interface AccountRow {
  readonly accountId: string;
  readonly accountName?: string;
  readonly region: string;
  readonly outcome: Outcome;
  /** AWS's word; absent where AWS shows no row. */
  readonly status?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly lastUpdateTime?: string;
  /** Why a missing account is missing, or an unexpected one should have no row. */
  readonly cause?: string;
  readonly tolerated?: Toleration;
  /** Who owns the account, where the lookup read it. */
  readonly owner?: string;
}

/** All rows of a status, sorted by account, then region. An account that is missing and has a row all the same is one. */
export function accountRows(file: FoundStatus): readonly AccountRow[] {
  const { accountOwners, causes, members, missing, stuck, unexpected } = file;
  const owners = ownersById(accountOwners);
  const isStuck = new Set(stuck.map(placeKey));
  const isOutdated = new Set(
    causes
      .filter(({ kind }) => kind === "outdated")
      .flatMap(({ accounts }) =>
        accounts.flatMap(({ accountId, regions }) => regions.map((region) => placeKey({ accountId, region }))),
      ),
  );
  const missingAt = new Map(missing.map((account) => [placeKey(account), account]));
  const unexpectedAt = new Map(unexpected.map((member) => [placeKey(member), member.cause]));
  const rows = members.map((member): AccountRow => {
    const { accountId, accountName, errorCode, errorMessage, lastUpdateTime, region, status, tolerated } = member;
    const key = placeKey(member);
    const absent = missingAt.get(key);
    missingAt.delete(key);
    const outcome = outcomeOf(status);
    const cause = absent?.cause ?? unexpectedAt.get(key);
    // The row and the absence may be covered apart: what keeps the gate closed counts.
    const covers = absent && !absent.tolerated ? undefined : (tolerated ?? absent?.tolerated);
    return {
      accountId,
      ...(accountName !== undefined && { accountName }),
      region,
      outcome: absent
        ? "missing"
        : isStuck.has(key)
          ? "stuck"
          : outcome === "successful" && isOutdated.has(key)
            ? "outdated"
            : outcome,
      status,
      ...(errorCode !== undefined && { errorCode }),
      ...(errorMessage !== undefined && { errorMessage }),
      ...(lastUpdateTime !== undefined && { lastUpdateTime }),
      ...(cause !== undefined && { cause }),
      ...(covers && { tolerated: covers }),
      ...ownerOf(accountId, owners),
    };
  });
  const absent = [...missingAt.values()].map((account): AccountRow => ({
    ...account,
    outcome: "missing",
    ...ownerOf(account.accountId, owners),
  }));
  return absent.length === 0 ? rows : [...rows, ...absent].sort(byAccountThenRegion);
}

function ownerOf(accountId: string, owners: ReadonlyMap<string, string>): Pick<AccountRow, "owner"> {
  const owner = owners.get(accountId);
  return owner === undefined ? {} : { owner };
}

/** True for a row that a person has to look at, also where it keeps no gate closed. */
export function isTrouble({ outcome }: AccountRow): boolean {
  return outcome !== "successful" && outcome !== "deleted";
}
