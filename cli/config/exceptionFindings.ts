import { lastMoment } from "../../core/gate/expiry";
import { isInForce, type ToleratedOutage } from "../../core/gate/toleratedOutage";
import type { Tolerance, ToleratedAccount, ToleratedUnit } from "../../core/gate/tolerance";
import type { Finding } from "./finding";
import { regionsOverlap } from "./regionsOverlap";

const dayMs = 86_400_000;
/** The days before its last day in which an exception is a warning. */
const soonDays = 14;

/** The findings about the exceptions for accounts, for organizational units, and for regions without an answer. */
export function exceptionFindings(
  { accounts = [], organizationalUnits = [], unanswered }: Tolerance,
  property: string,
  now: Date,
): Omit<Finding, "line">[] {
  return [
    ...findingsOf("accounts", accounts.map(ofAccount), property, now),
    ...findingsOf("organizationalUnits", organizationalUnits.map(ofUnit), property, now),
    ...(unanswered ? outageFindings(unanswered, property, now) : []),
  ];
}

function outageFindings(unanswered: ToleratedOutage, property: string, now: Date): Omit<Finding, "line">[] {
  if (isInForce(unanswered, now)) return [];
  const message = `The exception for regions that AWS does not answer for ended at ${unanswered.expires} and has no effect. Remove it.`;
  return [{ severity: "warning", property: `${property}.unanswered.expires`, message }];
}

/** An exception, whatever it is for. */
interface Exception {
  readonly id: string;
  /** For a person, at the start of a sentence and in it. */
  readonly title: string;
  readonly subject: string;
  readonly remedy: string;
  readonly regions: readonly string[] | undefined;
  readonly expires: string | undefined;
}

function ofAccount({ accountId, expires, regions }: ToleratedAccount): Exception {
  return {
    id: accountId,
    title: `Account ${accountId}`,
    subject: accountId,
    remedy: "Repair the account",
    regions,
    expires,
  };
}

function ofUnit({ expires, id, regions }: ToleratedUnit): Exception {
  return {
    id,
    title: `Organizational unit ${id}`,
    subject: `organizational unit ${id}`,
    remedy: "Repair its accounts",
    regions,
    expires,
  };
}

function findingsOf(list: string, exceptions: readonly Exception[], property: string, now: Date) {
  return exceptions.flatMap((exception, index) => {
    const at = `${property}.${list}[${String(index)}]`;
    return [...twice(list, exceptions.slice(0, index), exception, at), ...expiry(exception, at, now)];
  });
}

/** An exception for the same account in the same region: one of the two has no effect, or a day that does not hold. */
function twice(
  list: string,
  before: readonly Exception[],
  { id, regions, title }: Exception,
  property: string,
): Omit<Finding, "line">[] {
  const earlier = before.findIndex((other) => other.id === id && regionsOverlap(other.regions, regions));
  if (earlier < 0) return [];
  return [
    {
      severity: "error",
      property,
      message: `${title} is excepted twice: ${list}[${String(earlier)}] covers the same ${regions ? "region" : "regions"}. Keep one.`,
    },
  ];
}

/** An exception that has expired, or soon will. */
function expiry({ expires, remedy, subject }: Exception, property: string, now: Date): Omit<Finding, "line">[] {
  const end = expires === undefined ? undefined : lastMoment(expires);
  const left = end === undefined ? Infinity : end - now.getTime();
  const days = Math.floor(left / dayMs);
  if (days > soonDays) return [];
  const message =
    left < 0
      ? `The exception for ${subject} expired on ${expires ?? ""} and has no effect. Remove it, or agree on a new day.`
      : `The exception for ${subject} expires ${days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${String(days)} days`} (${expires ?? ""}). ${remedy}, or agree on a new day.`;
  return [{ severity: "warning", property: `${property}.expires`, message }];
}
