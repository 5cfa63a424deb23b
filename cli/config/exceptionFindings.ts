import { lastMoment } from "../../core/gate/expiry";
import type { ToleratedAccount } from "../../core/gate/tolerance";
import type { Finding } from "./finding";
import { regionsOverlap } from "./regionsOverlap";

const dayMs = 86_400_000;
/** The days before its last day in which an exception is a warning. */
const soonDays = 14;

/** Exceptions for the same account in the same region: one of them has no effect, or a day that does not hold. */
export function exceptionsTwice(accounts: readonly ToleratedAccount[], property: string): Omit<Finding, "line">[] {
  return accounts.flatMap(({ accountId, regions }, index) => {
    const earlier = accounts
      .slice(0, index)
      .findIndex((other) => other.accountId === accountId && regionsOverlap(other.regions, regions));
    if (earlier < 0) return [];
    return [
      {
        severity: "error" as const,
        property: `${property}[${String(index)}]`,
        message: `Account ${accountId} is excepted twice: accounts[${String(earlier)}] covers the same ${regions ? "region" : "regions"}. Keep one.`,
      },
    ];
  });
}

/** Exceptions that have expired, or soon will. */
export function expiringExceptions(
  accounts: readonly ToleratedAccount[],
  property: string,
  now: Date,
): Omit<Finding, "line">[] {
  return accounts.flatMap(({ accountId, expires }, index) => {
    const end = expires === undefined ? undefined : lastMoment(expires);
    const left = end === undefined ? Infinity : end - now.getTime();
    const days = Math.floor(left / dayMs);
    if (days > soonDays) return [];
    const message =
      left < 0
        ? `The exception for ${accountId} expired on ${expires ?? ""} and has no effect. Remove it, or agree on a new day.`
        : `The exception for ${accountId} expires ${days === 0 ? "today" : days === 1 ? "tomorrow" : `in ${String(days)} days`} (${expires ?? ""}). Repair the account, or agree on a new day.`;
    return [{ severity: "warning" as const, property: `${property}[${String(index)}].expires`, message }];
  });
}
