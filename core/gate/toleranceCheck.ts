import { accountIdCheck, regionCheck } from "../checks/awsChecks";
import { type Check, described, integer, list, oneOf, record, text, withSchema } from "../checks/check";
import { quoted } from "../checks/quoted";
import { InvalidArgumentsError } from "../errors";
import { lastMoment } from "./expiry";
import { handlings, type Tolerance, type ToleratedAccount } from "./tolerance";

/** The checks for a `ToleratedAccount`. */
const accountChecks = {
  accountId: described("The account's id: 12 digits, in quotes.", accountIdCheck),
  regions: described("The regions in which the exception applies. Default: every region.", list(regionCheck, 50)),
  reason: described(
    "The reason, and who decided it. It is shown wherever the exception applies.",
    // In Go, which checks the schema in Pulumi Cloud, a pattern can't look ahead.
    text(/^(?=[^]*\S)[^]{1,500}$/u, "a reason of 1 to 500 characters", {
      pattern: "\\S",
      minLength: 1,
      maxLength: 500,
    }),
  ),
  expires: described(
    "The last day of the exception, UTC, as YYYY-MM-DD. Default: it does not expire.",
    withSchema({ type: "string", format: "date" }, (value, property) =>
      typeof value === "string" && lastMoment(value) !== undefined
        ? []
        : [{ property, reason: `${quoted(value)} is not a day as YYYY-MM-DD.` }],
    ),
  ),
} satisfies Record<keyof ToleratedAccount, Check>;

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
