import { accountIdCheck, regionCheck } from "../checks/awsChecks";
import { type Check, integer, list, oneOf, record, text } from "../checks/check";
import { quoted } from "../checks/quoted";
import { InvalidArgumentsError } from "../errors";
import { lastMoment } from "./expiry";
import { handlings, type Tolerance, type ToleratedAccount } from "./tolerance";

/** The checks for a `ToleratedAccount`. */
const accountChecks = {
  accountId: accountIdCheck,
  regions: list(regionCheck, 50),
  reason: text(/^(?=.*\S)[^]{1,500}$/, "a reason of 1 to 500 characters"),
  expires: (value, property) =>
    typeof value === "string" && lastMoment(value) !== undefined
      ? []
      : [{ property, reason: `${quoted(value)} is not a day as YYYY-MM-DD.` }],
} satisfies Record<keyof ToleratedAccount, Check>;

/** The check for a `Tolerance`. */
export const toleranceCheck: Check = record({
  accounts: list(record(accountChecks, ["accountId", "reason"]), 10_000, 0),
  maxFailedAccounts: integer(0, 50_000),
  maxFailedPercent: (value, property) =>
    typeof value === "number" && value >= 0 && value <= 100
      ? []
      : [{ property, reason: `${quoted(value)} is not a number from 0 to 100.` }],
  inProgress: oneOf(handlings),
  noSuchPack: oneOf(handlings),
} satisfies Record<keyof Tolerance, Check>);

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
