import { accountIdCheck, regionCheck, unitIdCheck } from "../checks/awsChecks";
import { type Check, integer, list, oneOf, record, text } from "../checks/check";
import { quoted } from "../checks/quoted";
import { InvalidArgumentsError } from "../errors";
import { lastMoment, momentOf } from "./expiry";
import { maxSilenceMs, type ToleratedSilence } from "./silence";
import { handlings, type Tolerance, type ToleratedAccount, type ToleratedUnit } from "./tolerance";

const reasonCheck = text(/^(?=.*\S)[^]{1,500}$/, "a reason of 1 to 500 characters");

/** The checks that exceptions have in common. */
const exceptionChecks = {
  regions: list(regionCheck, 50),
  reason: reasonCheck,
  expires: (value, property) =>
    typeof value === "string" && lastMoment(value) !== undefined
      ? []
      : [{ property, reason: `${quoted(value)} is not a day as YYYY-MM-DD.` }],
} satisfies Partial<Record<keyof ToleratedAccount, Check>>;

/** The checks for a `ToleratedAccount`. */
const accountChecks = { accountId: accountIdCheck, ...exceptionChecks } satisfies Record<keyof ToleratedAccount, Check>;

/** The checks for a `ToleratedUnit`. */
const unitChecks = { id: unitIdCheck, ...exceptionChecks } satisfies Record<keyof ToleratedUnit, Check>;

/** The checks for a `ToleratedSilence`. One that has expired is no mistake: it has no effect, and messages say so. */
const silenceChecks = {
  reason: reasonCheck,
  expires: (value, property) => {
    const moment = typeof value === "string" ? momentOf(value) : undefined;
    if (moment === undefined) {
      const example = new Date(Date.now() + 4 * 3_600_000).toISOString().slice(0, 16);
      return [{ property, reason: `${quoted(value)} is not a time in UTC, such as "${example}Z".` }];
    }
    if (moment - Date.now() <= maxSilenceMs) return [];
    return [{ property, reason: `${quoted(value)} is more than 24 hours ahead. Decide again when that time is over.` }];
  },
} satisfies Record<keyof ToleratedSilence, Check>;

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
  organizationalUnits: list(record(unitChecks, ["id", "reason"]), 1_000, 0),
  unanswered: record(silenceChecks, ["reason", "expires"]),
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
