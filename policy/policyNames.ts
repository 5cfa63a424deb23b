import { requiredPacksName } from "../core/gate/requiredPacks";

/** The beginning of each policy's name. */
export const policyPrefix = "organization-conformance-pack-";

/** The names of the policies: what a configuration says, and what a violation is reported under. */
export const policyNames = {
  memberFailed: `${policyPrefix}member-failed`,
  incomplete: `${policyPrefix}incomplete`,
  inProgress: `${policyPrefix}in-progress`,
  requiredPacks: requiredPacksName,
  withoutGate: `${policyPrefix}without-gate`,
  otherIdentity: `${policyPrefix}other-identity`,
  settled: `${policyPrefix}settled`,
  nothingJudged: `${policyPrefix}nothing-judged`,
  tolerated: `${policyPrefix}tolerated`,
} as const;
