/** One member account's row, as AWS Config would show it. */
export interface EmulatedMember {
  /** 12 digits. */
  readonly accountId: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Default: the time at which the row reached its status. */
  readonly lastUpdateTime?: Date;
  /** Default: the same for all members of the pack. */
  readonly conformancePackName?: string;
}

/** The members of a pack: their rows, or how many rows of each kind the emulator makes up. */
export type EmulatedMembers =
  | readonly EmulatedMember[]
  | {
      /** The number of accounts. */
      readonly members: number;
      /** The number of them that are `CREATE_FAILED`. */
      readonly failing?: number;
      /** The number of them that are `CREATE_IN_PROGRESS`. */
      readonly inProgress?: number;
    };
