import type { ReportOptions } from "../core/gate/report";
import { reportChecks } from "../core/gate/reportChecks";
import type { Tolerance } from "../core/gate/tolerance";
import { toleranceCheck } from "../core/gate/toleranceCheck";
import { type Check, described, record, withSchema } from "../core/checks/check";
import { quoted } from "../core/checks/quoted";

/** The settings of a policy over status resources. */
export interface PolicySettings extends ReportOptions {
  readonly tolerate?: Tolerance;
  readonly maxStatusAgeMinutes?: number;
}

const minutes: Check = withSchema({ type: "number", minimum: 1 }, (value, property) =>
  typeof value === "number" && value >= 1
    ? []
    : [{ property, reason: `${quoted(value)} is not a number of minutes, 1 or more.` }],
);

/** The same, the exceptions, and how old a status may be: for the policies over status resources. */
const policySettingsChecks = {
  ...reportChecks,
  tolerate: described(
    "Exceptions: an object with accounts (a list of { accountId, reason, regions?, expires? as YYYY-MM-DD }), organizationalUnits (the same with id in place of accountId), maxFailedAccounts, maxFailedPercent (0 to 100), inProgress and noSuchPack (each allow, warn or refuse), and unanswered ({ reason, expires as YYYY-MM-DDThh:mmZ, at most 24 hours ahead }). It replaces the resource's own tolerate.",
    toleranceCheck,
  ),
  maxStatusAgeMinutes: described(
    "The age in minutes that a status may have, 1 or more. Default: it must be of this run. Set it to judge a saved state with pulumi policy analyze.",
    minutes,
  ),
} satisfies Record<keyof PolicySettings, Check>;

/** The check for `PolicySettings`. */
export const policySettingsCheck: Check = record(policySettingsChecks);
