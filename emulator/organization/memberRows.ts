import { emulatedAccountId } from "./accountId";
import type { EmulatedMember, EmulatedMembers } from "./emulatedMembers";

const missingRecorder = {
  errorCode: "NoAvailableConfigurationRecorderException",
  errorMessage: "There are no configuration recorders available to put the conformance pack.",
};

const missingRole = {
  errorCode: "InsufficientPermissionsException",
  errorMessage:
    "The service-linked role AWSServiceRoleForConfigConforms could not be created: an explicit deny is in a service control policy.",
};

/**
 * The rows of `members`.
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
    const failure = k % 3 === 2 ? missingRole : missingRecorder;
    rows[index] =
      k < failing ? { accountId, status: "CREATE_FAILED", ...failure } : { accountId, status: "CREATE_IN_PROGRESS" };
  }
  return rows;
}
