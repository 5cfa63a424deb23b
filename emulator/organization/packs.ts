import { AwsFault } from "../awsFault";
import type { EmulatedMember, EmulatedMembers } from "./emulatedMembers";
import type { EmulatedPack } from "./emulatedPack";
import { rowsOf } from "./memberRows";
import { packArn } from "./packNames";
import { isFormer, Rollout } from "./rollout";
import type { PackSettings, StoredPack } from "./storedPack";

/** The result of a put, unless it was planned. */
export interface PutDefaults {
  /** The members of a pack that is new. */
  readonly membersOfNewPacks: EmulatedMembers;
  /** The time that a put takes to reach the last member, in milliseconds. */
  readonly rolloutMs: number;
}

/** The packs of all regions. */
export class Packs {
  readonly #packs = new Map<string, StoredPack>();
  readonly #plans = new Map<string, readonly EmulatedMember[]>();
  readonly #membersOfNewPacks: readonly EmulatedMember[];
  readonly #rolloutMs: number;

  constructor({ membersOfNewPacks, rolloutMs }: PutDefaults) {
    this.#membersOfNewPacks = rowsOf(membersOfNewPacks);
    this.#rolloutMs = rolloutMs;
  }

  /** The packs of a region, the oldest first. */
  in(region: string): StoredPack[] {
    return [...this.#packs.values()].filter((pack) => pack.region === region);
  }

  /** The accounts that have a pack in any region: those with a row that is not `DELETE_SUCCESSFUL`. */
  get accountIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { rollout } of this.#packs.values()) {
      for (const { accountId, status } of rollout.rows) if (status !== "DELETE_SUCCESSFUL") ids.add(accountId);
    }
    return ids;
  }

  /** @throws `NoSuchOrganizationConformancePackException` */
  get(name: string, region: string): StoredPack {
    const pack = this.#packs.get(key(name, region));
    if (!pack) {
      throw new AwsFault(
        "NoSuchOrganizationConformancePackException",
        `No Organization Conformance Pack exists with the name ${name}.`,
      );
    }
    return pack;
  }

  /** Adds a pack that exists from the start. */
  add(pack: EmulatedPack, region: string): void {
    const { name, aggregate, excludedAccounts, rolloutMs = 0 } = pack;
    const now = new Date();
    const isMadeUp = !Array.isArray(pack.members);
    this.#store(
      {
        name,
        region,
        arn: packArn(name, region),
        settings: { excludedAccounts },
        lastUpdateTime: pack.lastUpdateTime ?? now,
        operation: "CREATE",
        aggregate,
      },
      rowsOf((isMadeUp ? pack : pack.members) as EmulatedMembers),
      { now, rolloutMs, leaveOut: isMadeUp },
    );
  }

  /** Creates or updates a pack, as `PutOrganizationConformancePack` does. */
  put(name: string, region: string, settings: PackSettings): StoredPack {
    const before = this.#packs.get(key(name, region));
    const plan = this.#plans.get(key(name, region));
    this.#plans.delete(key(name, region));
    const members = plan ?? before?.members.map(withoutTime) ?? this.#membersOfNewPacks;
    const now = new Date();
    return this.#store(
      {
        name,
        region,
        arn: packArn(name, region),
        settings,
        lastUpdateTime: now,
        operation: before ? "UPDATE" : "CREATE",
        aggregate: before?.aggregate,
      },
      before ? members.map(updated) : members,
      { now, rolloutMs: this.#rolloutMs, leaveOut: true },
    );
  }

  /** Plans the members that the next put of a pack leads to. */
  plan(name: string, region: string, members: EmulatedMembers): void {
    this.#plans.set(key(name, region), rowsOf(members));
  }

  delete(name: string, region: string): void {
    this.get(name, region);
    this.#packs.delete(key(name, region));
  }

  /** Replaces the members of a pack, which ends its rollout. */
  setMembers(name: string, region: string, members: EmulatedMembers): void {
    const options = { now: new Date(), rolloutMs: 0, leaveOut: "members" in members };
    this.#store(this.get(name, region), rowsOf(members), options);
  }

  setAggregate(name: string, region: string, aggregate: string | undefined): void {
    this.#packs.set(key(name, region), { ...this.get(name, region), aggregate });
  }

  #store(
    pack: Omit<StoredPack, "members" | "rollout">,
    rows: readonly EmulatedMember[],
    { now, rolloutMs, leaveOut }: { now: Date; rolloutMs: number; leaveOut: boolean },
  ): StoredPack {
    // A former member keeps its time through later puts.
    const members = rows.map((row) => (isFormer(row) ? { lastUpdateTime: now, ...row } : row));
    const leftOut = new Set(leaveOut ? pack.settings.excludedAccounts : []);
    const shown = members.filter(({ accountId }) => !leftOut.has(accountId));
    const stored = { ...pack, members, rollout: new Rollout(pack.operation, shown, now, rolloutMs) };
    this.#packs.set(key(pack.name, pack.region), stored);
    return stored;
  }
}

function key(name: string, region: string): string {
  return `${region}/${name}`;
}

/** An update gives a member a new time; a former member keeps its own. */
function withoutTime(member: EmulatedMember): EmulatedMember {
  if (isFormer(member)) return member;
  const row: EmulatedMember & { lastUpdateTime?: Date } = { ...member };
  delete row.lastUpdateTime;
  return row;
}

/** The row at the end of an update, from the row at the end of a creation. */
function updated(member: EmulatedMember): EmulatedMember {
  return { ...member, status: member.status.replace(/^CREATE_/, "UPDATE_") };
}
