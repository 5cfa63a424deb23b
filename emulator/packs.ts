import { outcomeOf } from "../provider/memberStatus";
import { AwsFault } from "./awsFault";

/** One member account's row, as AWS Config would show it. */
export interface EmulatedMember {
  /** 12 digits. */
  readonly accountId: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly lastUpdateTime?: Date;
  /** Default: the same for all members of the pack. */
  readonly conformancePackName?: string;
}

/** The members of a pack: rows, or how many of which kind to make up. */
export type EmulatedMembers =
  | readonly EmulatedMember[]
  | {
      /** How many accounts there are. */
      readonly members: number;
      /** How many of them are `CREATE_FAILED`. */
      readonly failing?: number;
      /** How many of them are `CREATE_IN_PROGRESS`. */
      readonly inProgress?: number;
    };

/** An organization conformance pack of the emulator. */
export type EmulatedPack = {
  readonly name: string;
  /** Default `us-east-1`. A pack is seen in its own region only. */
  readonly region?: string;
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
  settings: PackSettings;
  lastUpdateTime: Date;
  members: readonly EmulatedMember[];
}

/** The account whose packs the emulator holds. */
export const managementAccountId = "111111111111";

const failures = [
  {
    errorCode: "NoAvailableConfigurationRecorderException",
    errorMessage: "There are no configuration recorders available to put the conformance pack.",
  },
  {
    errorCode: "InsufficientPermissionsException",
    errorMessage:
      "The service-linked role AWSServiceRoleForConfigConforms could not be created: an explicit deny is in a service control policy.",
  },
] as const;

/** The packs of all regions. */
export class Packs {
  readonly #packs = new Map<string, StoredPack>();

  /** The packs of a region, in the order in which they were made. */
  in(region: string): StoredPack[] {
    return [...this.#packs.values()].filter((pack) => pack.region === region);
  }

  /** @throws `NoSuchOrganizationConformancePackException` */
  get(name: string, region: string): StoredPack {
    const pack = this.#packs.get(`${region}/${name}`);
    if (!pack) {
      throw new AwsFault(
        "NoSuchOrganizationConformancePackException",
        `No Organization Conformance Pack exists with the name ${name}.`,
      );
    }
    return pack;
  }

  has(name: string, region: string): boolean {
    return this.#packs.has(`${region}/${name}`);
  }

  put(name: string, region: string, settings: PackSettings, members: EmulatedMembers): StoredPack {
    const pack = this.#packs.get(`${region}/${name}`) ?? {
      name,
      region,
      arn: `arn:aws:config:${region}:${managementAccountId}:organization-conformance-pack/${name}-${suffix(name)}`,
      settings,
      lastUpdateTime: new Date(),
      members: [],
    };
    pack.settings = settings;
    pack.lastUpdateTime = new Date();
    pack.members = rowsOf(members);
    this.#packs.set(`${region}/${name}`, pack);
    return pack;
  }

  delete(name: string, region: string): void {
    this.get(name, region);
    this.#packs.delete(`${region}/${name}`);
  }

  setMembers(name: string, region: string, members: EmulatedMembers): void {
    this.get(name, region).members = rowsOf(members);
  }
}

/** The name that a pack has inside a member account. */
export function memberPackName(pack: StoredPack, member: EmulatedMember): string {
  return member.conformancePackName ?? `OrgConformsPack-${pack.name}-${suffix(pack.name)}`;
}

/** The pack-level status that goes with the rows. */
export function aggregateStatus({ members }: StoredPack): "CREATE_FAILED" | "CREATE_IN_PROGRESS" | "CREATE_SUCCESSFUL" {
  const outcomes = new Set(members.map(({ status }) => outcomeOf(status)));
  if (outcomes.has("failed")) return "CREATE_FAILED";
  return outcomes.has("inProgress") ? "CREATE_IN_PROGRESS" : "CREATE_SUCCESSFUL";
}

function rowsOf(members: EmulatedMembers): readonly EmulatedMember[] {
  if ("members" in members) return madeUp(members.members, members.failing ?? 0, members.inProgress ?? 0);
  return members.map((member) => ({ lastUpdateTime: new Date(), ...member }));
}

/** Failing and unfinished accounts are spread over all pages. */
function madeUp(count: number, failing: number, inProgress: number): EmulatedMember[] {
  if (failing + inProgress > count) {
    throw new RangeError(
      `${String(failing)} failing and ${String(inProgress)} in progress do not fit into ${String(count)} members.`,
    );
  }
  const lastUpdateTime = new Date();
  const rows: EmulatedMember[] = Array.from({ length: count }, (_, index) => ({
    accountId: emulatedAccountId(index),
    status: "CREATE_SUCCESSFUL",
    lastUpdateTime,
  }));
  const special = failing + inProgress;
  for (let k = 0; k < special; k += 1) {
    const index = Math.floor(((k + 0.5) * count) / special);
    const accountId = emulatedAccountId(index);
    // Every third failure has another cause.
    const failure = failures[k % 3 === 2 ? 1 : 0];
    rows[index] =
      k < failing
        ? { accountId, status: "CREATE_FAILED", ...failure, lastUpdateTime }
        : { accountId, status: "CREATE_IN_PROGRESS", lastUpdateTime };
  }
  return rows;
}

/** The id of the account at `index`: 12 digits, different for each index. */
export function emulatedAccountId(index: number): string {
  return String((200_000_000_000 + index * 1_000_003) % 10 ** 12).padStart(12, "0");
}

/** AWS ends the names that it makes with eight characters of its own. */
function suffix(name: string): string {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 36 ** 8;
  return hash.toString(36).padStart(8, "0");
}
