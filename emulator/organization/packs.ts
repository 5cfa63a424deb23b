import { AwsFault } from "../services/awsFault";
import { managementAccountId } from "./emulatedOrganization";
import { type EmulatedMember, type EmulatedMembers, rowsOf } from "./emulatedMembers";
import { partitionOf } from "./partition";
import { aggregateStatus, isFormer, Rollout, type RolloutOperation } from "./rollout";

/** An organization conformance pack of the emulator. */
export type EmulatedPack = {
  readonly name: string;
  /** Default `us-east-1`. A pack is seen in its own region only. */
  readonly region?: string;
  /** What `DescribeOrganizationConformancePackStatuses` says of the pack. Default: what goes with the rows. */
  readonly aggregate?: string;
  /** Accounts that the pack is not for. Made-up members leave them out; rows stay as they are given. */
  readonly excludedAccounts?: readonly string[];
  /** When the pack was put. Default: now. */
  readonly lastUpdateTime?: Date;
  /** How long its rollout takes from the start of the emulator on, in milliseconds. Default 0: it is over. */
  readonly rolloutMs?: number;
} & (Exclude<EmulatedMembers, readonly EmulatedMember[]> | { readonly members: readonly EmulatedMember[] });

/** What `PutOrganizationConformancePack` stores. */
export interface PackSettings {
  readonly deliveryS3Bucket?: string | undefined;
  readonly deliveryS3KeyPrefix?: string | undefined;
  readonly excludedAccounts?: readonly string[] | undefined;
  readonly inputParameters?: readonly unknown[] | undefined;
}

/** A pack as it is stored. */
export interface StoredPack {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly settings: PackSettings;
  readonly lastUpdateTime: Date;
  readonly operation: RolloutOperation;
  /** Where the rows end, of excluded accounts too: a later put may take those in again. */
  readonly members: readonly EmulatedMember[];
  readonly rollout: Rollout;
  /** What to say instead of the status that goes with the rows. */
  readonly aggregate: string | undefined;
}

/** What a put leads to, unless it was planned. */
export interface PutDefaults {
  /** The members of a pack that is new. */
  readonly membersOfNewPacks: EmulatedMembers;
  /** How long a put takes to reach the last member, in milliseconds. */
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

  /** The packs of a region, in the order in which they were made. */
  in(region: string): StoredPack[] {
    return [...this.#packs.values()].filter((pack) => pack.region === region);
  }

  /** The accounts that have a pack, of all regions: those with a row that is not `DELETE_SUCCESSFUL`. */
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

  /** Makes a pack that is there from the start. */
  add(pack: EmulatedPack, region: string): void {
    const { name, aggregate, excludedAccounts, rolloutMs = 0 } = pack;
    const now = new Date();
    const isMadeUp = !Array.isArray(pack.members);
    this.#store(
      {
        name,
        region,
        arn: arn(name, region),
        settings: { excludedAccounts },
        lastUpdateTime: pack.lastUpdateTime ?? now,
        operation: "CREATE",
        aggregate,
      },
      rowsOf((isMadeUp ? pack : pack.members) as EmulatedMembers),
      { now, rolloutMs, leaveOut: isMadeUp },
    );
  }

  /** Makes or updates a pack, as `PutOrganizationConformancePack` does. */
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
        arn: arn(name, region),
        settings,
        lastUpdateTime: now,
        operation: before ? "UPDATE" : "CREATE",
        aggregate: before?.aggregate,
      },
      before ? members.map(updated) : members,
      { now, rolloutMs: this.#rolloutMs, leaveOut: true },
    );
  }

  /** Says what the next put of a pack leads to. */
  plan(name: string, region: string, members: EmulatedMembers): void {
    this.#plans.set(key(name, region), rowsOf(members));
  }

  delete(name: string, region: string): void {
    this.get(name, region);
    this.#packs.delete(key(name, region));
  }

  /** Ends a rollout: the members are these from now on. */
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

/** What `DescribeOrganizationConformancePackStatuses` says of a pack. */
export function packStatus({ aggregate, operation, rollout }: StoredPack): string {
  return aggregate ?? aggregateStatus(operation, rollout);
}

/** The name that a pack has inside a member account. */
export function memberPackName(pack: StoredPack, member: EmulatedMember): string {
  return member.conformancePackName ?? `OrgConformsPack-${pack.name}-${suffix(pack.name)}`;
}

function key(name: string, region: string): string {
  return `${region}/${name}`;
}

function arn(name: string, region: string): string {
  return `arn:${partitionOf(region)}:config:${region}:${managementAccountId}:organization-conformance-pack/${name}-${suffix(name)}`;
}

/** A member that is updated gets a new time; a former one does not. */
function withoutTime(member: EmulatedMember): EmulatedMember {
  if (isFormer(member)) return member;
  const row: EmulatedMember & { lastUpdateTime?: Date } = { ...member };
  delete row.lastUpdateTime;
  return row;
}

/** Where an update ends for a member whose row was made for a creation. */
function updated(member: EmulatedMember): EmulatedMember {
  return { ...member, status: member.status.replace(/^CREATE_/, "UPDATE_") };
}

/** AWS ends the names that it makes with eight characters of its own. */
function suffix(name: string): string {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 36 ** 8;
  return hash.toString(36).padStart(8, "0");
}
