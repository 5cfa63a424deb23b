import { type Check, record } from "../core/checks/check";
import { requiredPacksCheck } from "../core/gate/requiredPacks";
import { policySettingsCheck } from "./policySettings";

const noSettings: Check = record({});

/** The settings that each policy has beside its enforcement level, by the policy's name and in the order of the policies. */
export const settingsChecks: Readonly<Record<string, Check>> = {
  "organization-conformance-pack-member-failed": policySettingsCheck,
  "organization-conformance-pack-incomplete": policySettingsCheck,
  "organization-conformance-pack-in-progress": policySettingsCheck,
  "organization-conformance-pack-required-packs": requiredPacksCheck,
  "organization-conformance-pack-without-gate": noSettings,
  "organization-conformance-pack-other-identity": noSettings,
  "organization-conformance-pack-settled": policySettingsCheck,
  "organization-conformance-pack-nothing-judged": noSettings,
  "organization-conformance-pack-tolerated": noSettings,
};
