/** One member account's row, as AWS Config would show it. */
export interface EmulatedMember {
  /** 12 digits. */
  readonly accountId: string;
  readonly status: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Default: when the row came to its status. */
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

/**
 * The rows that are meant.
 *
 * @throws `RangeError` when more accounts are failing or in progress than there are.
 */
export function rowsOf(members: EmulatedMembers): readonly EmulatedMember[] {
  return "members" in members ? madeUp(members.members, members.failing ?? 0, members.inProgress ?? 0) : members;
}

/** Failing and unfinished accounts are spread over all pages. */
function madeUp(count: number, failing: number, inProgress: number): EmulatedMember[] {
  if (failing + inProgress > count) {
    throw new RangeError(
      `${String(failing)} failing and ${String(inProgress)} in progress do not fit into ${String(count)} members.`,
    );
  }
  const rows: EmulatedMember[] = Array.from({ length: count }, (_, index) => ({
    accountId: emulatedAccountId(index),
    status: "CREATE_SUCCESSFUL",
  }));
  const special = failing + inProgress;
  for (let k = 0; k < special; k += 1) {
    const index = Math.floor(((k + 0.5) * count) / special);
    const accountId = emulatedAccountId(index);
    // Every third failure has another cause.
    const failure = failures[k % 3 === 2 ? 1 : 0];
    rows[index] =
      k < failing ? { accountId, status: "CREATE_FAILED", ...failure } : { accountId, status: "CREATE_IN_PROGRESS" };
  }
  return rows;
}

/** The id of the account at `index`: 12 digits, different for each index. */
export function emulatedAccountId(index: number): string {
  return String((200_000_000_000 + index * 1_000_003) % 10 ** 12).padStart(12, "0");
}
