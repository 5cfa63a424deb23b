import { type Check, record } from "../core/checks/check";
import { requiredPacksCheck } from "../core/gate/requiredPacks";
import { policySettingsCheck } from "./policySettings";
import { policyNames } from "./policyNames";

const noSettings: Check = record({});

/** The settings that each policy has beside its enforcement level, by the policy's name and in the order of the policies. */
export const settingsChecks: Readonly<Record<string, Check>> = {
  [policyNames.memberFailed]: policySettingsCheck,
  [policyNames.incomplete]: policySettingsCheck,
  [policyNames.inProgress]: policySettingsCheck,
  [policyNames.requiredPacks]: requiredPacksCheck,
  [policyNames.withoutGate]: noSettings,
  [policyNames.otherIdentity]: noSettings,
  [policyNames.settled]: policySettingsCheck,
  [policyNames.nothingJudged]: noSettings,
  [policyNames.tolerated]: noSettings,
};
