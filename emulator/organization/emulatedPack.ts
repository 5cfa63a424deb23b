import type { EmulatedMember, EmulatedMembers } from "./emulatedMembers";

/** An organization conformance pack of the emulator. */
export type EmulatedPack = {
  readonly name: string;
  /** Default `us-east-1`. A pack exists in its own region only. */
  readonly region?: string;
  /** The status that `DescribeOrganizationConformancePackStatuses` answers. Default: the one that follows from the rows. */
  readonly aggregate?: string;
  /** Accounts that the pack is not for. Made-up members leave them out; rows stay as they are given. */
  readonly excludedAccounts?: readonly string[];
  /** When the pack was put. Default: now. */
  readonly lastUpdateTime?: Date;
  /** The time that its rollout takes from the start of the emulator, in milliseconds. Default 0: it is over. */
  readonly rolloutMs?: number;
} & (Exclude<EmulatedMembers, readonly EmulatedMember[]> | { readonly members: readonly EmulatedMember[] });
