import { accountIdCheck, regionCheck, unitIdCheck } from "../checks/awsChecks";
import { type Check, described, integer, list, oneOf, record, text, withSchema } from "../checks/check";
import { quoted } from "../checks/quoted";
import { InvalidArgumentsError } from "../errors";
import { lastMoment, momentOf, momentPattern } from "./expiry";
import { maxOutageMs, type ToleratedOutage } from "./toleratedOutage";
import { handlings, type Tolerance, type ToleratedAccount, type ToleratedUnit } from "./tolerance";

/** The check for the reason of an exception. */
const reasonCheck = described(
  "The reason, and who decided it. It is shown wherever the exception applies.",
  // In Go, which checks the schema in Pulumi Cloud, a pattern can't look ahead.
  text(/^(?=[^]*\S)[^]{1,500}$/u, "a reason of 1 to 500 characters", {
    pattern: "\\S",
    minLength: 1,
    maxLength: 500,
  }),
);

/** The checks that exceptions have in common. */
const exceptionChecks = {
  regions: described("The regions in which the exception applies. Default: every region.", list(regionCheck, 50)),
  reason: reasonCheck,
  expires: described(
    "The last day of the exception, UTC, as YYYY-MM-DD. Default: it does not expire.",
    withSchema({ type: "string", format: "date" }, (value, property) =>
      typeof value === "string" && lastMoment(value) !== undefined
        ? []
        : [{ property, reason: `${quoted(value)} is not a day as YYYY-MM-DD.` }],
    ),
  ),
} satisfies Partial<Record<keyof ToleratedAccount, Check>>;

/** The checks for a `ToleratedAccount`. */
const accountChecks = {
  accountId: described("The account's id: 12 digits, in quotes.", accountIdCheck),
  ...exceptionChecks,
} satisfies Record<keyof ToleratedAccount, Check>;

/** The checks for a `ToleratedUnit`. */
const unitChecks = {
  id: described("The id of the organizational unit (ou-…) or of a root (r-…).", unitIdCheck),
  ...exceptionChecks,
} satisfies Record<keyof ToleratedUnit, Check>;

/** The checks for a `ToleratedOutage`. One that has expired is no mistake: it has no effect, and messages say so. */
const outageChecks = {
  reason: reasonCheck,
  expires: described(
    "When the exception ends, UTC, as YYYY-MM-DDThh:mmZ: at most 24 hours ahead.",
    withSchema({ type: "string", pattern: momentPattern.source }, (value, property) => {
      const moment = typeof value === "string" ? momentOf(value) : undefined;
      if (moment === undefined) {
        const example = new Date(Date.now() + 4 * 3_600_000).toISOString().slice(0, 16);
        return [{ property, reason: `${quoted(value)} is not a time in UTC, such as "${example}Z".` }];
      }
      if (moment - Date.now() <= maxOutageMs) return [];
      return [
        { property, reason: `${quoted(value)} is more than 24 hours ahead. Decide again when that time is over.` },
      ];
    }),
  ),
} satisfies Record<keyof ToleratedOutage, Check>;

const percent: Check = withSchema({ type: "number", minimum: 0, maximum: 100 }, (value, property) =>
  typeof value === "number" && value >= 0 && value <= 100
    ? []
    : [{ property, reason: `${quoted(value)} is not a number from 0 to 100.` }],
);

const toleranceChecks = {
  accounts: described(
    "Exceptions for single accounts.",
    list(record(accountChecks, ["accountId", "reason"]), 10_000, 0),
  ),
  maxFailedAccounts: described("How many accounts may have failed. Excepted accounts don't count.", integer(0, 50_000)),
  maxFailedPercent: described(
    "What share of all member accounts may have failed, 0 to 100. Excepted accounts don't count as failed.",
    percent,
  ),
  inProgress: described(
    "What to do while the pack is in progress. Stuck rows are always refused. Default: refuse.",
    oneOf(handlings),
  ),
  noSuchPack: described(
    "What to do when AWS does not know the pack in a region. A misspelled name then passes too. Default: refuse.",
    oneOf(handlings),
  ),
  organizationalUnits: described(
    "Exceptions for the accounts of organizational units, and of units inside them.",
    list(record(unitChecks, ["id", "reason"]), 1_000, 0),
  ),
  unanswered: described(
    "Break glass: for at most 24 hours, excuses regions that AWS does not answer for. Nothing is known of their accounts then.",
    record(outageChecks, ["reason", "expires"]),
  ),
} satisfies Record<keyof Tolerance, Check>;

/** The check for a `Tolerance`. */
export const toleranceCheck: Check = record(toleranceChecks);

/**
 * Makes a `Tolerance` of any value; `undefined` has no exceptions.
 *
 * @throws `InvalidArgumentsError` that names each mistake.
 */
export function parseTolerance(value: unknown, packName: string): Tolerance {
  if (value === undefined) return {};
  const problems = toleranceCheck(value, "tolerate");
  if (problems.length > 0) throw new InvalidArgumentsError(problems, packName);
  return value as Tolerance;
}
